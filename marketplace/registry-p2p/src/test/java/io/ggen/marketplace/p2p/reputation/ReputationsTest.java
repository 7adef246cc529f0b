package io.ggen.marketplace.p2p.reputation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ggen.libp2p.key.KeyType;
import io.ggen.libp2p.key.PeerId;
import io.ggen.libp2p.key.PrivateKey;
import io.ggen.marketplace.core.network.NetworkOptions.ReputationPolicy;
import io.ggen.marketplace.core.network.Reputation;
import io.ggen.marketplace.p2p.database.Database;
import io.ggen.testkit.ManualClock;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;

final class ReputationsTest {
    private static final PeerId PEER = PrivateKey.generate(KeyType.ED25519).publicKey().peerId();
    private static final ReputationPolicy POLICY =
            new ReputationPolicy(0.5, 0.2, Duration.ofDays(7));

    @TempDir private Path folder;
    private final ManualClock clock = ManualClock.fixed();

    private Reputations open(Database database) {
        return new Reputations(database, POLICY, clock);
    }

    private static void transfers(Reputations reputations, int count, boolean sound, long millis) {
        for (int i = 0; i < count; i++) {
            reputations.transferred(PEER, sound, Duration.ofMillis(millis), sound);
        }
    }

    @Test
    void aPeerIsUnknownUntilFiveTransfers() {
        try (Database database = Database.inMemory()) {
            Reputations reputations = open(database);
            assertThat(reputations.of(PEER)).isEqualTo(Reputation.unknown());
            transfers(reputations, 4, true, 10);
            assertThat(reputations.of(PEER).score()).isEmpty();
            transfers(reputations, 1, true, 10);
            assertThat(reputations.of(PEER).score()).isPresent();
            assertThat(reputations.mean()).isPresent();
        }
    }

    @Test
    void theScoreIsTheSumOfItsTerms() {
        try (Database database = Database.inMemory()) {
            Reputations reputations = open(database);
            transfers(reputations, 3, true, 1_999);
            transfers(reputations, 3, false, 1_999);
            clock.advance(Duration.ofHours(1));

            Reputation terms = reputations.of(PEER);

            assertThat(terms.success()).isEqualTo(0.25);
            assertThat(terms.responseTime()).isEqualTo(0.125);
            assertThat(terms.packages()).isEqualTo(0.045, within(1e-9));
            assertThat(terms.lastSeen()).isEqualTo(0.05);
            assertThat(terms.distance()).isZero();
            assertThat(terms.score().orElseThrow()).isEqualTo(0.47, within(1e-9));
        }
    }

    @Test
    void responseTimeIsAnAverageInWhichTheNewCountsThreeTenths() {
        try (Database database = Database.inMemory()) {
            Reputations reputations = open(database);
            transfers(reputations, 5, true, 1_000);
            transfers(reputations, 1, true, 11_000);

            assertThat(reputations.of(PEER).responseTime()).isEqualTo(0.25 * 1000 / 4001);
        }
    }

    @Test
    void survivesARestartAndForgetsWhoWasBadForAWeek() {
        Path file = folder.resolve("node.db");
        try (Database database = Database.open(file)) {
            transfers(open(database), 6, false, 60_000);
        }
        clock.advance(Duration.ofDays(6));
        try (Database database = Database.open(file)) {
            Reputations reputations = open(database);
            assertThat(reputations.prune()).isZero();
            assertThat(reputations.of(PEER).score().orElseThrow()).isLessThan(0.2);
            clock.advance(Duration.ofDays(2));
            assertThat(reputations.prune()).isEqualTo(1);
            assertThat(reputations.of(PEER)).isEqualTo(Reputation.unknown());
        }
    }

    @Test
    void whoRecoversInTimeIsNotForgotten() {
        try (Database database = Database.inMemory()) {
            Reputations reputations = open(database);
            transfers(reputations, 6, false, 60_000);
            transfers(reputations, 20, true, 1);
            clock.advance(Duration.ofDays(8));
            assertThat(reputations.prune()).isZero();
        }
    }
}

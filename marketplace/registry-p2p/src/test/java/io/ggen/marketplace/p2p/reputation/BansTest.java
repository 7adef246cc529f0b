package io.ggen.marketplace.p2p.reputation;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.libp2p.key.KeyType;
import io.ggen.libp2p.key.PeerId;
import io.ggen.libp2p.key.PrivateKey;
import io.ggen.marketplace.core.network.BannedPeer;
import io.ggen.marketplace.p2p.database.Database;
import io.ggen.multiformats.Multiaddr;
import io.ggen.testkit.ManualClock;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;

final class BansTest {
    private static final PeerId PEER = PrivateKey.generate(KeyType.ED25519).publicKey().peerId();
    private static final Multiaddr ADDRESS = Multiaddr.parse("/ip4/192.0.2.1/tcp/4001");

    @TempDir private Path folder;
    private final ManualClock clock = ManualClock.fixed();

    @Test
    void refusesAPeerBothWaysUntilTheTimeIsOver() {
        try (Database database = Database.inMemory()) {
            var bans = new Bans(database, clock);
            assertThat(bans.allowsPeer(PEER, ADDRESS)).isTrue();

            bans.ban(PEER, Duration.ofHours(1), "wrong block");

            assertThat(bans.allowsPeer(PEER, ADDRESS)).isFalse();
            assertThat(bans.allowsDial(PEER, ADDRESS)).isFalse();
            clock.advance(Duration.ofHours(1).plusSeconds(1));
            assertThat(bans.allowsPeer(PEER, ADDRESS)).isTrue();
            assertThat(bans.all()).isEmpty();
        }
    }

    @Test
    void aBanSurvivesARestartAndAShorterOneDoesNotShortenIt() {
        Path file = folder.resolve("node.db");
        BannedPeer first;
        try (Database database = Database.open(file)) {
            var bans = new Bans(database, clock);
            first = bans.ban(PEER, Duration.ofHours(2), "wrong block");
            assertThat(bans.ban(PEER, Duration.ofMinutes(1), "noise")).isEqualTo(first);
        }
        try (Database database = Database.open(file)) {
            var bans = new Bans(database, clock);
            assertThat(bans.all()).containsExactly(first);
            assertThat(bans.allowsDial(PEER, ADDRESS)).isFalse();
            assertThat(bans.unban(PEER)).isTrue();
            assertThat(bans.unban(PEER)).isFalse();
            assertThat(bans.allowsDial(PEER, ADDRESS)).isTrue();
        }
    }
}

package io.ggen.marketplace.p2p.reputation;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;
import io.ggen.libp2p.key.KeyType;
import io.ggen.libp2p.key.PeerId;
import io.ggen.libp2p.key.PrivateKey;
import io.ggen.marketplace.p2p.database.Database;
import io.ggen.multiformats.Cid;
import io.ggen.testkit.ManualClock;

import org.junit.jupiter.api.Test;

import java.time.Duration;

final class KnownProvidersTest {
    private static final Cid CONTENT = Cid.v1(Cid.RAW, Sha256.of(Bytes.utf8("content")));

    private final ManualClock clock = ManualClock.fixed();

    private static PeerId peer() {
        return PrivateKey.generate(KeyType.ED25519).publicKey().peerId();
    }

    @Test
    void remembersWhoSaidSoForTwoDays() {
        try (Database database = Database.inMemory()) {
            var known = new KnownProviders(database, clock);
            PeerId early = peer();
            PeerId late = peer();
            known.heard(CONTENT, early);
            clock.advance(Duration.ofHours(30));
            known.heard(CONTENT, late);
            known.heard(CONTENT, late);
            assertThat(known.of(CONTENT)).containsExactlyInAnyOrder(early, late);

            clock.advance(Duration.ofHours(20));

            assertThat(known.of(CONTENT)).containsExactly(late);
            known.prune();
            known.heard(CONTENT, early);
            assertThat(known.of(CONTENT)).containsExactlyInAnyOrder(early, late);
        }
    }

    @Test
    void keepsThirtyTwoOfAContentHoweverManySaySo() {
        try (Database database = Database.inMemory()) {
            var known = new KnownProviders(database, clock);
            PeerId first = peer();
            known.heard(CONTENT, first);
            for (int i = 0; i < 100; i++) {
                known.heard(CONTENT, peer());
            }
            assertThat(known.of(CONTENT)).hasSize(32).contains(first);
        }
    }
}

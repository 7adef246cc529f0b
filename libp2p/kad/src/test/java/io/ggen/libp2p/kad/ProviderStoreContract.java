package io.ggen.libp2p.kad;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.base.Bytes;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What every store of providers does. */
abstract class ProviderStoreContract {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Bytes A = Bytes.utf8("a");
    private static final Bytes B = Bytes.utf8("b");
    private static final Bytes C = Bytes.utf8("c");
    private static final KadPeer ONE = Peers.peer(1);
    private static final KadPeer TWO = Peers.peer(2);
    private static final KadPeer THREE = Peers.peer(3);

    private ProviderStore store;

    /** Returns an empty store. */
    abstract ProviderStore open(StoreLimits limits);

    @BeforeEach
    void start() {
        store = store(10, 2, 10);
    }

    private ProviderStore store(int keys, int providers, int keysPerProvider) {
        Duration lifetime = Duration.ofDays(2);
        return open(
                new StoreLimits(
                        1, 1, keys, providers, keysPerProvider, lifetime, Duration.ofDays(1)));
    }

    @Test
    void namesTheProvidersOfAKeyTheLatestFirst() {
        store.add(A, ONE, START);
        store.add(A, TWO, START);
        assertThat(store.get(A, START)).containsExactly(TWO, ONE);
        store.add(A, ONE, START);
        assertThat(store.get(A, START)).containsExactly(ONE, TWO);
        assertThat(store.get(B, START)).isEmpty();
    }

    @Test
    void forgetsAddressesAfter24HoursAndProvidersAfter48() {
        store.add(A, ONE, START);
        store.add(A, TWO, START.plusSeconds(60));
        assertThat(store.get(A, START.plus(Duration.ofDays(1))))
                .containsExactly(TWO, new KadPeer(ONE.id(), List.of()));
        Instant end = START.plus(Duration.ofDays(2));
        assertThat(store.get(A, end)).containsExactly(new KadPeer(TWO.id(), List.of()));
        assertThat(store.collect(end)).isEqualTo(1);
        assertThat(store.collect(end)).isZero();
    }

    @Test
    void theOldestProviderOfACrowdedKeyMakesRoom() {
        store.add(A, ONE, START);
        store.add(A, TWO, START);
        assertThat(store.add(A, THREE, START)).isTrue();
        assertThat(store.get(A, START)).containsExactly(THREE, TWO);
    }

    @Test
    void aFloodOfKeysDisplacesNothing() {
        ProviderStore small = store(1, 2, 10);
        assertThat(small.add(A, ONE, START)).isTrue();
        assertThat(small.add(B, TWO, START)).isFalse();
        assertThat(small.add(A, TWO, START)).isTrue();
        assertThat(small.add(B, TWO, START.plus(Duration.ofDays(2)))).isTrue();
    }

    @Test
    void onePeerCannotClaimMoreThanItsShare() {
        ProviderStore fair = store(10, 2, 2);
        assertThat(fair.add(A, ONE, START)).isTrue();
        assertThat(fair.add(B, ONE, START)).isTrue();
        assertThat(fair.add(C, ONE, START)).isFalse();
        assertThat(fair.add(A, ONE, START)).as("again").isTrue();
        assertThat(fair.add(C, TWO, START)).isTrue();
        fair.add(A, TWO, START);
        fair.add(A, THREE, START);
        assertThat(fair.add(C, ONE, START)).as("it was displaced at a").isTrue();
    }
}

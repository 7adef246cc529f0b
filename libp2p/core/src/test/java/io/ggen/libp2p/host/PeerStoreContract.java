package io.ggen.libp2p.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ggen.base.Bytes;
import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.Libp2pException.Code;
import io.ggen.libp2p.key.KeyType;
import io.ggen.libp2p.key.PeerId;
import io.ggen.libp2p.key.PrivateKey;
import io.ggen.libp2p.key.PublicKey;
import io.ggen.multiformats.Multiaddr;
import io.ggen.testkit.ManualClock;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;

/** What every peer store does. */
public abstract class PeerStoreContract {
    protected static final PeerStore.Limits SMALL = new PeerStore.Limits(5, 4, 2, 100);
    protected static final PeerId ONE = peer(1);
    private static final PeerId TWO = peer(2);
    private static final Duration HOUR = Duration.ofHours(1);

    protected final ManualClock clock = ManualClock.fixed();
    private PeerStore store;

    protected abstract PeerStore open(InstantSource time, PeerStore.Limits limits);

    @BeforeEach
    void open() {
        store = open(clock, SMALL);
    }

    protected static PeerId peer(int number) {
        return PrivateKey.ofSeed(Bytes.fromHex("%064x".formatted(number))).publicKey().peerId();
    }

    protected static Multiaddr address(int port) {
        return Multiaddr.parse("/ip4/192.0.2.1/tcp/" + port);
    }

    private static List<Multiaddr> addresses(int... ports) {
        List<Multiaddr> addresses = new ArrayList<>();
        for (int port : ports) {
            addresses.add(address(port));
        }
        return addresses;
    }

    @Test
    void addressesAreForgottenWhenTheirTimeIsOver() {
        store.addAddresses(ONE, addresses(1), HOUR);
        store.addAddresses(ONE, addresses(2), HOUR.multipliedBy(2));
        assertThat(store.addresses(ONE)).containsExactlyElementsOf(addresses(2, 1));
        assertThat(store.addresses(TWO)).isEmpty();
        clock.advance(HOUR.plusSeconds(1));
        assertThat(store.addresses(ONE)).containsExactlyElementsOf(addresses(2));
        clock.advance(HOUR);
        assertThat(store.addresses(ONE)).isEmpty();
    }

    @Test
    void anAddressIsValidForTheLongerOfTwoTimes() {
        store.addAddresses(ONE, addresses(1), HOUR);
        store.addAddresses(ONE, addresses(1), Duration.ofMinutes(1));
        clock.advance(Duration.ofMinutes(30));
        assertThat(store.addresses(ONE)).containsExactlyElementsOf(addresses(1));
    }

    @Test
    void fullRoomForAddressesIsFreedByTime() {
        store.addAddresses(ONE, addresses(1, 2, 3, 4, 5), HOUR);
        assertThat(store.addresses(ONE)).containsExactlyElementsOf(addresses(1, 2, 3, 4));
        store.addAddresses(ONE, addresses(4, 6), HOUR.multipliedBy(3));
        assertThat(store.addresses(ONE)).containsExactlyElementsOf(addresses(4, 1, 2, 3));
        clock.advance(HOUR.multipliedBy(2));
        store.addAddresses(ONE, addresses(7), HOUR);
        assertThat(store.addresses(ONE)).containsExactlyInAnyOrderElementsOf(addresses(4, 7));
    }

    @Test
    void aSignedRecordReplacesAllButNotALaterOne() {
        store.addAddresses(ONE, addresses(1, 2), HOUR);
        assertThat(store.replaceAddresses(ONE, 5, addresses(3), HOUR)).isTrue();
        assertThat(store.addresses(ONE)).containsExactlyElementsOf(addresses(3));
        assertThat(store.replaceAddresses(ONE, 4, addresses(4), HOUR)).isFalse();
        assertThat(store.addresses(ONE)).containsExactlyElementsOf(addresses(3));
        assertThat(store.replaceAddresses(ONE, -1, addresses(5), HOUR)).as("2^64-1").isTrue();
        assertThat(store.replaceAddresses(ONE, 6, addresses(6), HOUR)).isFalse();
        assertThat(store.addresses(ONE)).containsExactlyElementsOf(addresses(5));
    }

    @Test
    void whatAPeerSaysOfItselfIsRemembered() {
        var identity =
                new PeerStore.Identity(
                        "agent/1 \u0000\n'",
                        "v",
                        Set.of("/a/1", "/b\n/2"),
                        Optional.of(address(9)));
        assertThat(store.identity(ONE)).isEmpty();
        store.addAddresses(ONE, addresses(1), HOUR);
        assertThat(store.identity(ONE)).isEmpty();
        store.identify(ONE, identity);
        assertThat(store.identity(ONE)).contains(identity);
        var next = new PeerStore.Identity("", "", Set.of(), Optional.empty());
        store.identify(ONE, next);
        assertThat(store.identity(ONE)).contains(next);
    }

    @Test
    void keysAreKnownFromTheIdOrLearned() {
        PublicKey rsa = PrivateKey.generate(KeyType.RSA).publicKey();
        assertThat(store.key(ONE)).isPresent();
        assertThat(store.key(rsa.peerId())).isEmpty();
        store.addKey(rsa);
        store.addKey(store.key(ONE).orElseThrow());
        assertThat(store.key(rsa.peerId())).contains(rsa);
        assertThat(store.peers()).containsExactly(rsa.peerId());
    }

    @Test
    void notesAreBoundedInNumberAndLength() {
        store.note(ONE, "a", Bytes.utf8("1"));
        store.note(ONE, "b", Bytes.empty());
        store.note(ONE, "a", Bytes.utf8("2"));
        assertThat(store.note(ONE, "a")).contains(Bytes.utf8("2"));
        assertThat(store.note(ONE, "b")).contains(Bytes.empty());
        assertThat(store.note(ONE, "c")).isEmpty();
        assertThat(store.note(TWO, "a")).isEmpty();
        assertThatThrownBy(() -> store.note(ONE, "c", Bytes.empty()))
                .isInstanceOfSatisfying(
                        Libp2pException.class,
                        e -> assertThat(e.code()).isEqualTo(Code.LIMIT_EXCEEDED));
        assertThatThrownBy(() -> store.note(TWO, "a", Bytes.wrap(new byte[101])))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whoWasLearnedOfLongestAgoIsForgotten() {
        for (int i = 1; i <= 5; i++) {
            store.addAddresses(peer(i), addresses(i), HOUR);
            store.note(peer(i), "n", Bytes.utf8("x"));
        }
        store.identify(ONE, new PeerStore.Identity("a", "v", Set.of(), Optional.empty()));
        store.addAddresses(peer(6), addresses(6), HOUR);
        assertThat(store.peers())
                .containsExactlyInAnyOrder(ONE, peer(3), peer(4), peer(5), peer(6));
        assertThat(store.addresses(TWO)).isEmpty();
        assertThat(store.note(TWO, "n")).isEmpty();
        store.forget(ONE);
        assertThat(store.peers()).hasSize(4).doesNotContain(ONE);
        assertThat(store.addresses(ONE)).isEmpty();
    }

    @Test
    void manyThreadsMayUseIt() {
        try (var tasks = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 200; i++) {
                int number = i;
                tasks.execute(() -> {
                    store.addAddresses(peer(number % 8), addresses(number + 1), HOUR);
                    store.addresses(peer(number % 8));
                });
            }
        }
        assertThat(store.peers()).hasSize(5);
    }
}

package io.ggen.libp2p.peerstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ggen.base.Bytes;
import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.Libp2pException.Code;
import io.ggen.libp2p.host.Host;
import io.ggen.libp2p.host.HostOptions;
import io.ggen.libp2p.host.PeerStore;
import io.ggen.libp2p.host.PeerStoreContract;
import io.ggen.libp2p.key.KeyType;
import io.ggen.libp2p.key.PrivateKey;
import io.ggen.libp2p.key.PublicKey;
import io.ggen.multiformats.Multiaddr;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

final class SqlitePeerStoreTest extends PeerStoreContract {
    private final List<SqlitePeerStore> stores = new ArrayList<>();

    @TempDir private Path folder;

    @Override
    protected PeerStore open(InstantSource time, PeerStore.Limits limits) {
        SqlitePeerStore store = SqlitePeerStore.open(file(), time, limits);
        stores.add(store);
        return store;
    }

    private Path file() {
        return folder.resolve("p2p/peers.db");
    }

    @AfterEach
    void close() {
        stores.forEach(SqlitePeerStore::close);
    }

    @Test
    void allIsThereAfterARestart() {
        PeerStore before = open(clock, SMALL);
        before.replaceAddresses(ONE, 7, List.of(address(1)), Duration.ofHours(1));
        before.note(ONE, "n", Bytes.utf8("noted"));
        close();
        stores.clear();
        PeerStore after = open(clock, SMALL);
        assertThat(after.addresses(ONE)).containsExactly(address(1));
        assertThat(after.note(ONE, "n")).contains(Bytes.utf8("noted"));
        assertThat(after.replaceAddresses(ONE, 6, List.of(), Duration.ofHours(1))).isFalse();
        clock.advance(Duration.ofHours(2));
        assertThat(after.addresses(ONE)).isEmpty();
    }

    @Test
    void everythingOfEveryPeerIsThereAfterARestart() {
        PublicKey rsa = PrivateKey.generate(KeyType.RSA).publicKey();
        var identity =
                new PeerStore.Identity(
                        "a\u0000\n", "v", Set.of("/x", "/y"), Optional.of(address(9)));
        PeerStore before = open(clock, SMALL);
        before.addKey(rsa);
        before.identify(rsa.peerId(), identity);
        before.addAddresses(peer(2), List.of(address(1), address(2)), Duration.ofHours(1));
        before.addAddresses(peer(2), List.of(address(3)), Duration.ofHours(2));
        before.replaceAddresses(peer(2), -1, List.of(address(4)), Duration.ofHours(1));
        before.note(peer(3), "empty", Bytes.empty());
        before.note(peer(4), "gone", Bytes.empty());
        before.forget(peer(4));
        close();
        stores.clear();
        PeerStore after = open(clock, SMALL);
        assertThat(after.peers()).containsExactlyInAnyOrder(rsa.peerId(), peer(2), peer(3));
        assertThat(after.key(rsa.peerId())).contains(rsa);
        assertThat(after.identity(rsa.peerId())).contains(identity);
        assertThat(after.identity(peer(2))).isEmpty();
        assertThat(after.addresses(peer(2))).containsExactly(address(4));
        assertThat(after.replaceAddresses(peer(2), 5, List.of(), Duration.ofHours(1))).isFalse();
        assertThat(after.note(peer(3), "empty")).contains(Bytes.empty());
    }

    @Test
    void whoWasLearnedOfLongestAgoIsForgottenAcrossRestarts() {
        PeerStore before = open(clock, SMALL);
        for (int i = 1; i <= 7; i++) {
            before.addAddresses(peer(i), List.of(address(i)), Duration.ofHours(1));
        }
        before.note(peer(3), "n", Bytes.empty());
        close();
        stores.clear();
        PeerStore after = open(clock, SMALL);
        assertThat(after.peers()).hasSize(5).doesNotContain(peer(1), peer(2));
        after.addAddresses(peer(8), List.of(address(8)), Duration.ofHours(1));
        assertThat(after.peers()).hasSize(5).contains(peer(3)).doesNotContain(peer(4));
    }

    @Test
    void whatWasLearnedIsWrittenWithoutWaitingForTheEnd() {
        PeerStore living = open(clock, SMALL);
        living.note(ONE, "n", Bytes.utf8("noted"));
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!isNotedOnDisk()) {
            assertThat(System.nanoTime()).as("time to write it").isLessThan(end);
            Thread.onSpinWait();
        }
    }

    private boolean isNotedOnDisk() {
        try (SqlitePeerStore other = SqlitePeerStore.open(file(), clock, SMALL)) {
            return other.note(ONE, "n").isPresent();
        }
    }

    @Test
    void twoStoresWriteOneFile() {
        PeerStore first = open(clock, SMALL);
        PeerStore second = open(clock, SMALL);
        first.note(peer(2), "n", Bytes.utf8("first"));
        second.note(peer(3), "n", Bytes.utf8("second"));
        close();
        stores.clear();
        assertThat(open(clock, SMALL).peers()).containsExactlyInAnyOrder(peer(2), peer(3));
    }

    @Test
    void aFailingDiskIsToldAtTheEnd() throws Exception {
        SqlitePeerStore store = SqlitePeerStore.open(file(), clock, SMALL);
        try (var other = DriverManager.getConnection("jdbc:sqlite:" + file());
                var statement = other.createStatement()) {
            statement.execute("DROP TABLE note");
        }
        store.note(ONE, "n", Bytes.utf8("noted"));
        assertThat(store.note(ONE, "n")).isPresent();
        assertThatThrownBy(store::close)
                .isInstanceOfSatisfying(
                        Libp2pException.class, e -> assertThat(e.code()).isEqualTo(Code.IO));
    }

    @Test
    void aDamagedFileIsPutAside() throws IOException {
        close();
        stores.clear();
        Files.writeString(
                file(), "this is no database, but it is long enough to be one ".repeat(99));
        assertThat(open(clock, SMALL).peers()).isEmpty();
        assertThat(folder.resolve("p2p/peers.db.corrupted")).exists();
    }

    @Test
    void aPlaceThatCannotBeUsedIsNamed() {
        assertThatThrownBy(() -> SqlitePeerStore.open(folder, clock, SMALL))
                .isInstanceOf(Libp2pException.class)
                .hasMessageContaining(folder.toString());
    }

    @Test
    void aHostFindsItsPeersAgainAfterARestart() {
        PrivateKey key = PrivateKey.generate(KeyType.ED25519);
        HostOptions options = HostOptions.of(key, InstantSource.system());
        Multiaddr loopback = Multiaddr.parse("/ip4/127.0.0.1/tcp/0");
        try (Host server =
                Host.start(
                        HostOptions.of(PrivateKey.generate(KeyType.RSA), InstantSource.system())
                                .listening(loopback))) {
            try (Host client =
                    Host.start(options.remembering(open(InstantSource.system(), SMALL)))) {
                client.dial(server.peerId(), server.addresses());
            }
            close();
            stores.clear();
            PeerStore found = open(InstantSource.system(), SMALL);
            try (Host client = Host.start(options.remembering(found))) {
                assertThat(client.dial(server.peerId(), List.of()).isClosed()).isFalse();
                assertThat(found.key(server.peerId()))
                        .contains(server.options().identity().publicKey());
            }
        }
    }
}

package io.ggen.libp2p.peerstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ggen.base.Bytes;
import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.host.Host;
import io.ggen.libp2p.host.HostOptions;
import io.ggen.libp2p.host.PeerStore;
import io.ggen.libp2p.host.PeerStoreContract;
import io.ggen.libp2p.key.KeyType;
import io.ggen.libp2p.key.PrivateKey;
import io.ggen.multiformats.Multiaddr;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

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

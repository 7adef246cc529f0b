package io.ggen.marketplace.p2p.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ggen.base.Bytes;
import io.ggen.content.BlockSource;
import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.bitswap.Bitswap;
import io.ggen.libp2p.bitswap.BitswapOptions;
import io.ggen.libp2p.bitswap.serve.ServeOptions;
import io.ggen.libp2p.host.Host;
import io.ggen.libp2p.host.HostOptions;
import io.ggen.libp2p.host.Stream;
import io.ggen.libp2p.key.KeyType;
import io.ggen.libp2p.key.PrivateKey;
import io.ggen.libp2p.protocol.Identify;
import io.ggen.marketplace.core.Listing;
import io.ggen.marketplace.core.SamplePackage;
import io.ggen.marketplace.core.TestPublisher;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.PackageRef;
import io.ggen.multiformats.Cid;
import io.ggen.multiformats.Multiaddr;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** Nine of ten providers are hostile, each in its own way. */
final class BadProvidersTest {
    private static final PackageRef LEAF = PackageRef.of(new PackageId("leaf"));

    @TempDir private Path folder;
    private final List<AutoCloseable> open = new ArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);

    @AfterEach
    void end() throws Exception {
        over.countDown();
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
    }

    @Test
    void anInstallFinishesWithOneGoodProviderOfTen() throws Exception {
        var nodes = new TestNodes(() -> folder);
        open.add(nodes);
        SamplePackage leaf = TestPublisher.number(1).release("leaf", "1.0.0");
        P2pNode publisher = nodes.start("publisher");
        leaf.publishIn(publisher.registry());
        P2pNode reader = nodes.start("reader");
        Multiaddr place = reader.status().addresses().getFirst();
        List<Host> hostile = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            hostile.add(serving(place, cid -> Optional.of(Bytes.utf8("not " + cid))));
            hostile.add(serving(place, this::never));
        }
        for (int i = 0; i < 2; i++) {
            hostile.add(serving(place, new Liar()));
        }
        hostile.add(endless(place));
        TestNodes.await(() -> reader.status().peers() >= 9);
        reader.bootstrap(publisher.status().addresses(), Duration.ofSeconds(10));

        TestNodes.await(() -> reader.registry().getPackage(LEAF).isPresent());
        Listing listing = reader.registry().getPackage(LEAF).orElseThrow();
        try (InputStream tar = reader.registry().open(listing)) {
            assertThat(Bytes.wrap(tar.readAllBytes())).isEqualTo(leaf.tar());
        }

        assertThat(reader.bans()).isNotEmpty();
        for (Host each : hostile) {
            if (isBanned(reader, each)) {
                TestNodes.await(() -> each.connections().isEmpty());
                assertThatThrownBy(() -> each.dial(place).open(Bitswap.PROTOCOL).read(one()))
                        .isInstanceOf(Libp2pException.class);
            }
        }
    }

    private static boolean isBanned(P2pNode node, Host host) {
        return node.bans().stream().anyMatch(ban -> ban.peerId().equals(host.peerId().toString()));
    }

    private static ByteBuffer one() {
        return ByteBuffer.allocate(1);
    }

    /** Says that it has whatever is asked for, and gives what {@code source} gives. */
    private Host serving(Multiaddr reader, BlockSource source) {
        Host host = host();
        Bitswap.attach(host, BitswapOptions.serving(ServeOptions.of(source, cid -> true)));
        host.dial(reader);
        return host;
    }

    private Host host() {
        Host host =
                Host.start(
                        HostOptions.of(
                                PrivateKey.generate(KeyType.ED25519), InstantSource.system()));
        open.add(host);
        Identify.attach(host);
        return host;
    }

    private Optional<Bytes> never(Cid cid) throws IOException {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }

    /** Has everything until it is to give it. */
    private static final class Liar implements BlockSource {
        @Override
        public Optional<Bytes> get(Cid cid) {
            return Optional.empty();
        }

        @Override
        public boolean contains(Cid cid) {
            return true;
        }
    }

    /** Answers with a message that never ends. */
    private Host endless(Multiaddr reader) {
        Host host = host();
        host.handle(Bitswap.PROTOCOL, stream -> flood(host, stream));
        host.dial(reader);
        return host;
    }

    private static void flood(Host host, Stream asked) {
        Stream out =
                host.connections().stream()
                        .filter(it -> it.remotePeer().equals(asked.remotePeer()))
                        .findFirst()
                        .orElseThrow()
                        .open(Bitswap.PROTOCOL);
        while (true) {
            out.write(ByteBuffer.wrap(new byte[] {-1, -1, -1, -1, -1, -1, -1, 127}));
        }
    }
}

package io.ggen.libp2p.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ggen.base.Bytes;
import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.Libp2pException.Code;
import io.ggen.libp2p.io.Frames;
import io.ggen.libp2p.key.KeyType;
import io.ggen.libp2p.key.PeerId;
import io.ggen.libp2p.key.PrivateKey;
import io.ggen.libp2p.protocol.Identify;
import io.ggen.libp2p.protocol.Perf;
import io.ggen.libp2p.protocol.Ping;
import io.ggen.libp2p.security.NoiseProtocol;
import io.ggen.libp2p.security.TlsProtocol;
import io.ggen.multiformats.Multiaddr;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

@Timeout(60)
final class HostTest {
    private static final Multiaddr LOOPBACK = Multiaddr.parse("/ip4/127.0.0.1/tcp/0");

    private final List<Host> hosts = new ArrayList<>();

    @AfterEach
    void stop() {
        hosts.forEach(Host::close);
    }

    private static HostOptions options() {
        return HostOptions.of(PrivateKey.generate(KeyType.ED25519), InstantSource.system());
    }

    private Host start(HostOptions options) {
        Host host = Host.start(options);
        hosts.add(host);
        Ping.attach(host);
        Perf.attach(host);
        return host;
    }

    private static Multiaddr address(Host host) {
        return host.addresses().getFirst().encapsulate(Multiaddr.parse("/p2p/" + host.peerId()));
    }

    private static BlockingQueue<HostEvent> events(Host host) {
        BlockingQueue<HostEvent> events = new LinkedBlockingQueue<>();
        host.onEvent(events::add);
        return events;
    }

    private static HostEvent next(BlockingQueue<HostEvent> events) throws InterruptedException {
        HostEvent event = events.poll(20, TimeUnit.SECONDS);
        while (event instanceof HostEvent.AddressesChanged) {
            event = events.poll(20, TimeUnit.SECONDS);
        }
        assertThat(event).isNotNull();
        return event;
    }

    @Test
    void whatIsWrittenAndClosedAtOnceArrives() throws InterruptedException {
        Host server = start(options().listening(LOOPBACK));
        BlockingQueue<Bytes> received = new LinkedBlockingQueue<>();
        server.handle(
                "/note/1.0.0", stream -> received.add(Frames.read(stream, 100).orElseThrow()));
        Connection connection = start(options()).dial(address(server));
        try (Stream stream = connection.open("/note/1.0.0")) {
            Frames.write(stream, Bytes.utf8("hello"));
        }
        assertThat(received.poll(20, TimeUnit.SECONDS)).isEqualTo(Bytes.utf8("hello"));
    }

    @Test
    void theEndOfAStreamWhoseProtocolIsRefusedSaysSo() {
        Host server = start(options().listening(LOOPBACK));
        Connection connection = start(options()).dial(address(server));
        Stream stream = connection.open("/unknown/1.0.0");
        assertThatThrownBy(stream::closeWrite)
                .isInstanceOfSatisfying(
                        Libp2pException.class,
                        e -> assertThat(e.code()).isEqualTo(Code.UNSUPPORTED_PROTOCOL));
        stream.close();
        assertThat(Ping.ping(connection, Duration.ofSeconds(20))).isPositive();
    }

    @Test
    void twoHostsTalkOverAStreamWithEverySecurity() {
        PrivateKey key = PrivateKey.generate(KeyType.ED25519);
        for (var security :
                List.of(new TlsProtocol(key, InstantSource.system()), new NoiseProtocol(key))) {
            Host server = start(options().listening(LOOPBACK));
            server.handle(
                    "/echo/1.0.0",
                    stream -> {
                        Bytes word = Frames.readExactly(stream, 5);
                        stream.write(word.buffer());
                        stream.flush();
                    });
            Host client = start(HostOptions.of(key, InstantSource.system()).secured(security));
            Connection connection = client.dial(address(server));
            assertThat(connection.facts().security()).isEqualTo(security.id());
            try (Stream stream = client.open(server.peerId(), "/echo/1.0.0")) {
                stream.write(Bytes.utf8("hello").buffer());
                stream.flush();
                assertThat(Frames.readExactly(stream, 5).utf8()).isEqualTo("hello");
                assertThat(stream.read(ByteBuffer.allocate(1))).isEqualTo(-1);
            }
            assertThat(Ping.ping(connection, Duration.ofSeconds(10))).isPositive();
            assertThat(Perf.run(connection, 3_000_000, 2_000_000).downloaded())
                    .isEqualTo(2_000_000);
        }
    }

    @Test
    void peersLearnWhoTheOtherIs() throws InterruptedException {
        Host server = start(options().listening(LOOPBACK));
        Host client = start(options());
        BlockingQueue<HostEvent> heard = events(client);
        BlockingQueue<HostEvent> heardByServer = events(server);
        Identify serverIdentify = Identify.attach(server);
        Identify.attach(client);
        client.dial(address(server));
        assertThat(next(heard)).isEqualTo(new HostEvent.PeerConnected(server.peerId()));
        assertThat(next(heard)).isEqualTo(new HostEvent.PeerIdentified(server.peerId()));
        assertThat(next(heardByServer)).isEqualTo(new HostEvent.PeerConnected(client.peerId()));
        assertThat(next(heardByServer)).isEqualTo(new HostEvent.PeerIdentified(client.peerId()));
        PeerStore.Identity identity = client.peerStore().identity(server.peerId()).orElseThrow();
        assertThat(identity.protocols()).contains(Ping.PROTOCOL, Identify.PROTOCOL);
        assertThat(identity.agent()).startsWith("ggen/");
        assertThat(client.peerStore().addresses(server.peerId()))
                .containsExactlyElementsOf(server.addresses());
        server.handle("/new/1.0.0", Stream::close);
        serverIdentify.pushToAll();
        assertThat(next(heard)).isEqualTo(new HostEvent.PeerIdentified(server.peerId()));
        assertThat(client.peerStore().identity(server.peerId()).orElseThrow().protocols())
                .contains("/new/1.0.0");
        client.close();
        assertThat(next(heardByServer)).isEqualTo(new HostEvent.PeerDisconnected(client.peerId()));
    }

    @Test
    void theFirstCommonProtocolIsChosenAndAnUnknownOneIsRefused() {
        Host server = start(options().listening(LOOPBACK));
        Host client = start(options());
        Connection connection = client.dial(address(server));
        try (Stream stream = connection.open("/none/1.0.0", Ping.PROTOCOL)) {
            assertThat(stream.protocol()).isEqualTo(Ping.PROTOCOL);
        }
        Stream lazy = connection.open("/none/1.0.0");
        lazy.flush();
        assertThatThrownBy(() -> lazy.read(ByteBuffer.allocate(1)))
                .isInstanceOfSatisfying(
                        Libp2pException.class,
                        e -> assertThat(e.code()).isEqualTo(Code.UNSUPPORTED_PROTOCOL));
        lazy.reset();
    }

    @Test
    void severalDiallersShareOneConnection() {
        Host server = start(options().listening(LOOPBACK));
        Host client = start(options());
        try (var tasks = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                tasks.execute(() -> client.dial(address(server)));
            }
        }
        assertThat(client.connections()).hasSize(1);
        assertThat(client.resources().connections()).isEqualTo(1);
    }

    @Test
    void anotherPeerThanTheOneDialledIsRefusedAndTheAddressIsNamed() {
        Host server = start(options().listening(LOOPBACK));
        Host client = start(options());
        PeerId other = PrivateKey.generate(KeyType.ED25519).publicKey().peerId();
        assertThatThrownBy(() -> client.dial(other, server.addresses()))
                .isInstanceOfSatisfying(
                        Libp2pException.class,
                        e -> assertThat(e.code()).isEqualTo(Code.DIAL_FAILED))
                .hasMessageContaining(server.addresses().getFirst().toString());
        assertThatThrownBy(() -> client.dial(other, server.addresses()))
                .hasMessageContaining("left alone for now");
    }

    @Test
    void aGoodAddressIsFoundAmongBadOnes() {
        Host server = start(options().listening(LOOPBACK));
        Host client = start(options());
        List<Multiaddr> addresses = new ArrayList<>();
        addresses.add(Multiaddr.parse("/ip4/127.0.0.1/tcp/1"));
        addresses.addAll(server.addresses());
        assertThat(client.dial(server.peerId(), addresses).remotePeer()).isEqualTo(server.peerId());
    }

    @Test
    void theGaterKeepsPeersOut() {
        PeerId[] banned = new PeerId[1];
        Host server =
                start(
                        options()
                                .listening(LOOPBACK)
                                .gated(
                                        new ConnectionGater() {
                                            @Override
                                            public boolean allowsDial(
                                                    PeerId peer, Multiaddr address) {
                                                return true;
                                            }

                                            @Override
                                            public boolean allowsAccept(Multiaddr address) {
                                                return true;
                                            }

                                            @Override
                                            public boolean allowsPeer(
                                                    PeerId peer, Multiaddr address) {
                                                return !peer.equals(banned[0]);
                                            }
                                        }));
        Host client = start(options());
        banned[0] = client.peerId();
        assertThatThrownBy(() -> Ping.ping(client.dial(address(server)), Duration.ofSeconds(5)))
                .isInstanceOf(Libp2pException.class);
        assertThat(server.connections()).isEmpty();
    }

    @Test
    void everyResourceIsGivenBack() throws InterruptedException {
        Host server = start(options().listening(LOOPBACK));
        BlockingQueue<HostEvent> heard = events(server);
        for (int i = 0; i < 30; i++) {
            Host client = Host.start(options());
            Ping.ping(client.dial(address(server)), Duration.ofSeconds(10));
            client.close();
        }
        for (int gone = 0; gone < 30; ) {
            gone += next(heard) instanceof HostEvent.PeerDisconnected ? 1 : 0;
        }
        assertThat(server.connections()).isEmpty();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (server.resources().connections() + server.resources().streams() > 0) {
            assertThat(System.nanoTime())
                    .as("handlers end with their connection")
                    .isLessThan(deadline);
            Thread.onSpinWait();
        }
    }
}

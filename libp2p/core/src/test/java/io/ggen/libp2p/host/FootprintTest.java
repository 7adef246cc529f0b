package io.ggen.libp2p.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.base.Bytes;
import io.ggen.libp2p.io.Frames;
import io.ggen.libp2p.io.MemoryBudget;
import io.ggen.libp2p.key.KeyType;
import io.ggen.libp2p.key.PrivateKey;
import io.ggen.libp2p.multistream.Multistream;
import io.ggen.libp2p.muxer.MuxedConnection;
import io.ggen.libp2p.muxer.MuxedStream;
import io.ggen.libp2p.security.NoiseProtocol;
import io.ggen.libp2p.security.Role;
import io.ggen.libp2p.security.SecurityProtocol;
import io.ggen.libp2p.security.TlsProtocol;
import io.ggen.libp2p.transport.TcpTransport;
import io.ggen.multiformats.Multiaddr;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * What connections cost while they rest, and that nothing stays when they are gone. The figures of
 * the documentation come from larger numbers: {@code mvn -pl libp2p/core -am test
 * -Dtest=FootprintTest -Dsurefire.failIfNoSpecifiedTests=false -Dfootprint.idle=1000
 * -Dfootprint.connections=10000 -Dfootprint.streams=100000}.
 */
@Timeout(900)
final class FootprintTest {
    private static final int IDLE = Integer.getInteger("footprint.idle", 200);
    private static final int CONNECTIONS = Integer.getInteger("footprint.connections", 500);
    private static final int STREAMS = Integer.getInteger("footprint.streams", 5000);
    private static final String ECHO = "/echo/1.0.0";
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final PrivateKey identity = PrivateKey.generate(KeyType.ED25519);
    private final Host server = Host.start(roomy(identity));
    private final TcpTransport tcp = new TcpTransport();

    @TempDir private Path folder;

    @AfterEach
    void stop() {
        server.close();
    }

    private static HostOptions roomy(PrivateKey key) {
        var plenty = new ResourceScope.Limits(20_000, 200_000, 1L << 30);
        return HostOptions.of(key, InstantSource.system())
                .listening(Multiaddr.parse("/ip4/127.0.0.1/tcp/0"))
                .limited(
                        HostLimits.standard()
                                .inAll(plenty)
                                .perPeer(plenty)
                                .within(LIMIT, LIMIT)
                                .trimmed(19_000, 20_000, LIMIT));
    }

    private Upgrader upgrader(String security) {
        PrivateKey key = PrivateKey.generate(KeyType.ED25519);
        SecurityProtocol protocol =
                security.equals("tls")
                        ? new TlsProtocol(key, InstantSource.system())
                        : new NoiseProtocol(key);
        return new Upgrader(roomy(key).secured(protocol));
    }

    private MuxedConnection connect(Upgrader upgrader) {
        return upgrader.upgrade(
                        tcp.dial(server.addresses().getFirst(), LIMIT),
                        Role.INITIATOR,
                        Optional.of(server.peerId()))
                .mux(Role.INITIATOR, MemoryBudget.of(1 << 30));
    }

    private void echo(MuxedConnection connection, int length) {
        MuxedStream stream = connection.open();
        stream.write(Multistream.proposal(ECHO).buffer());
        stream.write(ByteBuffer.allocate(length));
        stream.closeWrite();
        Multistream.confirm(stream, ECHO);
        Frames.readExactly(stream, length);
        assertThat(stream.read(ByteBuffer.allocate(1))).isEqualTo(-1);
        stream.close();
    }

    private void serveEcho() {
        server.handle(
                ECHO,
                stream -> {
                    ByteBuffer buffer = ByteBuffer.allocate(16 * 1024);
                    while (stream.read(buffer.clear()) >= 0) {
                        stream.write(buffer.flip());
                    }
                });
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            LockSupport.parkNanos(1_000_000);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tls", "noise"})
    void aConnectionAtRestHoldsLittle(String security) throws Exception {
        serveEcho();
        Upgrader upgrader = upgrader(security);
        List<MuxedConnection> connections = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            connections.add(connect(upgrader));
            echo(connections.getLast(), 300_000);
        }
        Footprint before = Footprint.take(folder);
        for (int i = 0; i < IDLE; i++) {
            connections.add(connect(upgrader));
            echo(connections.getLast(), 100_000);
        }
        await(() -> server.resources().streams() == 0);
        Footprint after = Footprint.take(folder);
        int ends = 2 * IDLE;
        long heap = (after.heap() - before.heap()) / ends;
        long direct = (after.direct() - before.direct()) / ends;
        System.getLogger("footprint")
                .log(
                        System.Logger.Level.INFO,
                        "{0}: {1} B of heap, {2} B of direct buffers, {3} B resident for each end"
                                + " of {4} connections at rest",
                        security,
                        heap,
                        direct,
                        (after.resident() - before.resident()) / ends,
                        IDLE);
        assertThat(after.threads() - before.threads())
                .as("virtual threads are counted")
                .isGreaterThanOrEqualTo(ends);
        assertThat(heap + direct).isLessThan(50 * 1024);
        connections.forEach(MuxedConnection::close);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tls", "noise"})
    void nothingStaysOfConnectionsAndStreamsThatAreGone(String security) throws Exception {
        serveEcho();
        Upgrader upgrader = upgrader(security);
        int streams = Math.max(1, STREAMS / CONNECTIONS);
        cycle(upgrader, 20, streams);
        long settled = System.nanoTime() + 500_000_000;
        await(() -> System.nanoTime() > settled);
        Footprint before = Footprint.take(folder);
        cycle(upgrader, CONNECTIONS, streams);
        Footprint after = settled(before);
        System.getLogger("footprint")
                .log(
                        System.Logger.Level.INFO,
                        "{0}: {1} connections and {2} streams, before {3}, after {4}",
                        security,
                        CONNECTIONS,
                        CONNECTIONS * streams,
                        before,
                        after);
        assertThat(after.heap()).isLessThan(before.heap() + (4 << 20));
        assertThat(after.direct()).isLessThan(before.direct() + (8 << 20));
        assertThat(server.resources().connections() + server.resources().streams()).isZero();
    }

    /** Farewells may take a moment. */
    private Footprint settled(Footprint before) throws Exception {
        long end = System.nanoTime() + LIMIT.toNanos();
        Footprint after = Footprint.take(folder);
        while (after.threads() > before.threads() + 4 || after.files() > before.files() + 4) {
            assertThat(System.nanoTime()).as("still %s, was %s", after, before).isLessThan(end);
            LockSupport.parkNanos(50_000_000);
            after = Footprint.take(folder);
        }
        return after;
    }

    private void cycle(Upgrader upgrader, int connections, int streams) {
        for (int i = 0; i < connections; i++) {
            try (MuxedConnection connection = connect(upgrader)) {
                for (int j = 0; j < streams; j++) {
                    echo(connection, Bytes.utf8("hello").length());
                }
            }
        }
        await(() -> server.connections().isEmpty() && server.resources().streams() == 0);
    }
}

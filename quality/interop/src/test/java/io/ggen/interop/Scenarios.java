package io.ggen.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.Libp2pException.Code;
import io.ggen.libp2p.host.Connection;
import io.ggen.libp2p.host.Stream;
import io.ggen.libp2p.io.Frames;
import io.ggen.libp2p.protocol.Ping;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What is tried between our host and a peer, in this order. */
final class Scenarios {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final AtomicInteger PROTOCOLS = new AtomicInteger();
    private static final long MANY_BYTES = 64L << 20;
    private static final int MANY_STREAMS = 500;
    private static final int PIECE = 1024;

    private Scenarios() {}

    /** One thing to try; throws when it fails. */
    @FunctionalInterface
    interface Scenario {
        void run(Link link) throws Exception;
    }

    static Map<String, Scenario> all() {
        Map<String, Scenario> all = basic();
        all.put("push", Scenarios::push);
        all.put("echo of 64 MiB", Scenarios::echo);
        all.put("500 streams at once", Scenarios::manyStreams);
        all.put("half-close", Scenarios::halfClose);
        all.put("reset", Scenarios::reset);
        all.put("a side that stops reading", Scenarios::stopReading);
        all.put("abrupt close", Scenarios::abruptClose);
        return all;
    }

    /** What every type of key must do. */
    static Map<String, Scenario> basic() {
        Map<String, Scenario> basic = new LinkedHashMap<>();
        basic.put("identify", Scenarios::identify);
        basic.put("ping", Scenarios::ping);
        return basic;
    }

    private static void identify(Link link) throws Exception {
        link.connection();
        Link.await(
                "what the peer says of itself",
                () ->
                        link.identity().stream()
                                .anyMatch(it -> it.protocols().contains(Echo.PROTOCOL)));
        assertThat(link.identity().orElseThrow().agent()).isNotEmpty();
        Link.await(
                "the peer knows what we speak",
                () -> link.peer.protocols(link.id()).contains(Ping.PROTOCOL));
        assertThat(link.peer.known(link.id()).orElseThrow().get("agent"))
                .isEqualTo(link.host.options().agent());
    }

    private static void ping(Link link) throws Exception {
        assertThat(Ping.ping(link.connection(), LIMIT)).isPositive();
        assertThat(link.peer.ask("ping " + link.host.peerId())).containsKey("rttMs");
    }

    private static void push(Link link) throws Exception {
        link.connection();
        String theirs = "/ggen/test/" + PROTOCOLS.incrementAndGet();
        link.peer.ask("handle " + theirs);
        Link.await(
                "the peer's push",
                () -> link.identity().stream().anyMatch(it -> it.protocols().contains(theirs)));
        String ours = "/ggen/test/" + PROTOCOLS.incrementAndGet();
        link.host.handle(ours, Echo::serve);
        link.identify.pushToAll();
        Link.await("our push", () -> link.peer.protocols(link.id()).contains(ours));
    }

    /** There and back on the standing connection; and by another process when the peer dials. */
    private static void echo(Link link) throws Exception {
        try (Stream stream = link.connection().open(Echo.PROTOCOL)) {
            Echo.check(stream, link.way.weDial() ? MANY_BYTES : MANY_BYTES / 8, 1);
        }
        if (!link.way.weDial()) {
            link.dial("--mode", "echo", "--bytes", String.valueOf(MANY_BYTES));
        }
    }

    private static void manyStreams(Link link) throws Exception {
        Connection connection = link.connection();
        var allOpen = new CountDownLatch(MANY_STREAMS);
        BlockingQueue<String> results = new LinkedBlockingQueue<>();
        for (int i = 0; i < MANY_STREAMS; i++) {
            Thread.ofVirtual().start(() -> results.add(oneOfMany(connection, allOpen)));
        }
        for (int i = 0; i < MANY_STREAMS; i++) {
            assertThat(results.poll(60, TimeUnit.SECONDS)).isEqualTo("");
        }
        if (!link.way.weDial()) {
            link.dial("--mode", "download", "--streams", "500", "--bytes", "10000");
        }
    }

    /** Sends and receives, waits until all others have, and ends; returns what went wrong. */
    private static String oneOfMany(Connection connection, CountDownLatch allOpen) {
        try (Stream stream = connection.open(Echo.PROTOCOL)) {
            stream.timeout(LIMIT);
            stream.write(ByteBuffer.allocate(PIECE));
            stream.flush();
            Frames.readExactly(stream, PIECE);
            allOpen.countDown();
            if (!allOpen.await(60, TimeUnit.SECONDS)) {
                return "others did not open";
            }
            stream.closeWrite();
            return stream.read(ByteBuffer.allocate(1)) == -1 ? "" : "more came back";
        } catch (Libp2pException e) {
            return String.valueOf(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    /** Everything is sent and ended before the first byte is read; and a stream without bytes. */
    private static void halfClose(Link link) throws Exception {
        for (long bytes : new long[] {0, 1, 200_000}) {
            try (Stream stream = link.connection().open(Echo.PROTOCOL)) {
                stream.timeout(LIMIT);
                Echo.send(stream, bytes, bytes);
                stream.closeWrite();
                Echo.compare(stream, bytes, bytes);
            }
        }
    }

    private static void reset(Link link) throws Exception {
        Connection connection = link.connection();
        for (int i = 0; i < 10; i++) {
            Stream stream = connection.open(Echo.PROTOCOL);
            stream.timeout(LIMIT);
            stream.write(ByteBuffer.allocate(PIECE));
            stream.flush();
            Frames.readExactly(stream, PIECE);
            stream.reset();
            assertThatThrownBy(() -> stream.read(ByteBuffer.allocate(1)))
                    .isInstanceOf(Libp2pException.class);
        }
        Ping.ping(connection, LIMIT);
        assertThat(connection.isClosed()).isFalse();
    }

    /**
     * We do not read what comes back: a peer stops taking more, or hoards it as js-libp2p may; it
     * and the connection have to go on with everything else.
     */
    private static void stopReading(Link link) throws Exception {
        Connection connection = link.connection();
        Stream stream = connection.open(Echo.PROTOCOL);
        stream.timeout(Duration.ofSeconds(1));
        long taken = 0;
        try {
            while (taken < MANY_BYTES / 2) {
                stream.write(ByteBuffer.allocate(PIECE));
                taken += PIECE;
            }
        } catch (Libp2pException e) {
            assertThat(e.code()).isEqualTo(Code.TIMEOUT);
        }
        Ping.ping(connection, LIMIT);
        stream.timeout(LIMIT);
        assertThat(Frames.readExactly(stream, PIECE).length()).isEqualTo(PIECE);
        stream.reset();
        Ping.ping(connection, LIMIT);
    }

    /** The wire is cut under an open stream; both sides notice, and connect anew. */
    private static void abruptClose(Link link) throws Exception {
        Stream stream = link.connection().open(Echo.PROTOCOL);
        stream.timeout(LIMIT);
        stream.write(ByteBuffer.allocate(PIECE));
        stream.flush();
        Frames.readExactly(stream, PIECE);
        link.transport.cut();
        assertThatThrownBy(() -> stream.read(ByteBuffer.allocate(1)))
                .isInstanceOfSatisfying(
                        Libp2pException.class,
                        e -> assertThat(e.code()).isNotEqualTo(Code.TIMEOUT));
        Link.await("the peer notices", () -> link.peer.known(link.id()).isEmpty());
        Ping.ping(link.connection(), LIMIT);
    }
}

package io.ggen.libp2p.bitswap;

import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.Libp2pException.Code;
import io.ggen.libp2p.bitswap.wire.Message;
import io.ggen.libp2p.bitswap.wire.MessageCodec;
import io.ggen.libp2p.host.Connection;
import io.ggen.libp2p.host.Stream;
import io.ggen.libp2p.io.Deadline;
import io.ggen.libp2p.key.PeerId;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.BiConsumer;

/**
 * The way on which this node's wants go to one peer: a stream with a bounded queue before it. It
 * ends once: when the peer goes away, does not speak the protocol, or takes nothing. Thread-safe.
 *
 * <p>Only one side writes on such a stream, so a peer may end its own half of it at once, and
 * js-libp2p does. It also resets the stream after 10 s without a message; so one that is half ended
 * and has rested is replaced before anything is written to it.
 */
final class WantLink implements AutoCloseable {
    private static final int QUEUE = 256;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration REST = Duration.ofSeconds(5);

    private final Connection connection;
    private final InstantSource clock;
    private final BiConsumer<WantLink, Libp2pException> onEnd;
    private final BlockingQueue<Message> queue = new ArrayBlockingQueue<>(QUEUE);
    private final Thread writer = Thread.ofVirtual().name("bitswap wants").unstarted(this::write);
    private volatile Stream stream;
    private volatile boolean halfEnded;
    private volatile boolean closed;

    private WantLink(
            Connection connection,
            InstantSource clock,
            BiConsumer<WantLink, Libp2pException> onEnd) {
        this.connection = connection;
        this.clock = clock;
        this.onEnd = onEnd;
        this.stream = connection.open(Bitswap.PROTOCOL);
    }

    /**
     * Begins to write on {@code connection}; {@code onEnd} hears when that is over.
     *
     * @throws Libp2pException when no stream can be opened
     */
    static WantLink over(
            Connection connection,
            InstantSource clock,
            BiConsumer<WantLink, Libp2pException> onEnd) {
        var link = new WantLink(connection, clock, onEnd);
        link.watch(link.stream);
        link.writer.start();
        return link;
    }

    PeerId peer() {
        return connection.remotePeer();
    }

    /** Queues {@code message}; a peer that has taken none of so many is given up. */
    void offer(Message message) {
        if (!queue.offer(message)) {
            end(new Libp2pException(Code.TIMEOUT, peer() + " takes no wants"));
        }
    }

    private void write() {
        Instant written = clock.instant();
        try {
            while (!closed) {
                Message message = queue.take();
                if (halfEnded && clock.instant().isAfter(written.plus(REST))) {
                    replace();
                }
                Stream current = stream;
                try (Deadline deadline = Deadline.start(PATIENCE, current::reset)) {
                    MessageCodec.write(current, message);
                    deadline.met();
                }
                written = clock.instant();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Libp2pException e) {
            end(e);
        }
    }

    private void replace() {
        Stream old = stream;
        halfEnded = false;
        stream = connection.open(Bitswap.PROTOCOL);
        old.close();
        watch(stream);
        if (closed) {
            stream.reset();
        }
    }

    private void watch(Stream watched) {
        Thread.ofVirtual().name("bitswap link").start(() -> readToEnd(watched));
    }

    /** Nothing comes on this stream but the answer to its proposal, and its end. */
    private void readToEnd(Stream watched) {
        try {
            ByteBuffer none = ByteBuffer.allocate(64);
            while (watched.read(none.clear()) >= 0) {
                // whatever it is, it has no meaning here
            }
            halfEnded = true;
        } catch (Libp2pException e) {
            end(e);
        }
    }

    /** Says that the peer is gone; a stream that it half ended would not tell. */
    void disconnected() {
        end(new Libp2pException(Code.CONNECTION_CLOSED, peer() + " is gone"));
    }

    private void end(Libp2pException reason) {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        stream.reset();
        writer.interrupt();
        onEnd.accept(this, reason);
    }

    @Override
    public void close() {
        end(new Libp2pException(Code.CONNECTION_CLOSED, "closed on this side"));
    }
}

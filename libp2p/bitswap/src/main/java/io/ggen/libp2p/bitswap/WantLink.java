package io.ggen.libp2p.bitswap;

import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.Libp2pException.Code;
import io.ggen.libp2p.bitswap.wire.Message;
import io.ggen.libp2p.bitswap.wire.MessageCodec;
import io.ggen.libp2p.host.Stream;
import io.ggen.libp2p.io.Deadline;
import io.ggen.libp2p.key.PeerId;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.BiConsumer;

/**
 * The stream on which this node's wants go to one peer, with a bounded queue before it. It ends
 * once: when the peer goes away, does not speak the protocol, or takes nothing. Thread-safe.
 */
final class WantLink implements AutoCloseable {
    private static final int QUEUE = 256;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Stream stream;
    private final BiConsumer<WantLink, Libp2pException> onEnd;
    private final BlockingQueue<Message> queue = new ArrayBlockingQueue<>(QUEUE);
    private final Thread writer = Thread.ofVirtual().name("bitswap wants").unstarted(this::write);
    private volatile boolean closed;

    private WantLink(Stream stream, BiConsumer<WantLink, Libp2pException> onEnd) {
        this.stream = stream;
        this.onEnd = onEnd;
    }

    /** Begins to write to {@code stream}; {@code onEnd} hears when that is over. */
    static WantLink over(Stream stream, BiConsumer<WantLink, Libp2pException> onEnd) {
        var link = new WantLink(stream, onEnd);
        link.writer.start();
        Thread.ofVirtual().name("bitswap link").start(link::watch);
        return link;
    }

    PeerId peer() {
        return stream.remotePeer();
    }

    /** Queues {@code message}; a peer that has taken none of so many is given up. */
    void offer(Message message) {
        if (!queue.offer(message)) {
            end(new Libp2pException(Code.TIMEOUT, peer() + " takes no wants"));
        }
    }

    private void write() {
        try {
            while (!closed) {
                Message message = queue.take();
                try (Deadline deadline = Deadline.start(PATIENCE, stream::reset)) {
                    MessageCodec.write(stream, message);
                    deadline.met();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Libp2pException e) {
            end(e);
        }
    }

    /** Nothing comes on this stream but the answer to its proposal, and its end. */
    private void watch() {
        try {
            ByteBuffer none = ByteBuffer.allocate(64);
            while (stream.read(none.clear()) >= 0) {
                // whatever it is, it has no meaning here
            }
            end(new Libp2pException(Code.CONNECTION_CLOSED, peer() + " has ended the stream"));
        } catch (Libp2pException e) {
            end(e);
        }
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

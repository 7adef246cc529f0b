package io.ggen.libp2p.bitswap;

import io.ggen.base.Bytes;
import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.Libp2pException.Code;
import io.ggen.libp2p.bitswap.wire.Message;
import io.ggen.libp2p.bitswap.wire.MessageCodec;
import io.ggen.libp2p.host.Stream;
import io.ggen.libp2p.io.Deadline;
import io.ggen.libp2p.io.Frames;
import io.ggen.libp2p.key.PeerId;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/**
 * Reads the streams that others open: at most 32 of each peer, and large messages of all together
 * within an eighth of the heap. Thread-safe.
 */
final class Incoming {
    private static final int MAX_STREAMS = 32;
    private static final int SMALL = 64 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Map<PeerId, AtomicInteger> streams = new ConcurrentHashMap<>();
    private final Semaphore room =
            new Semaphore((int) Math.max(4 * MessageCodec.MAX_MESSAGE, budget()) / 1024, true);

    private static long budget() {
        return Math.min(Runtime.getRuntime().maxMemory() / 8, Integer.MAX_VALUE);
    }

    /** Hands each message of {@code stream} to {@code taker} until its end. */
    void readAll(Stream stream, BiConsumer<PeerId, Message> taker) {
        PeerId peer = stream.remotePeer();
        AtomicInteger count = streams.computeIfAbsent(peer, who -> new AtomicInteger());
        try {
            if (count.incrementAndGet() > MAX_STREAMS) {
                throw new Libp2pException(Code.LIMIT_EXCEEDED, peer + " opens too many streams");
            }
            while (readOne(stream, taker)) {
                // until the end
            }
        } finally {
            if (count.decrementAndGet() == 0) {
                streams.remove(peer, count);
            }
        }
    }

    private boolean readOne(Stream stream, BiConsumer<PeerId, Message> taker) {
        long length = Frames.readLength(stream);
        if (length < 0) {
            return false;
        }
        if (length > MessageCodec.MAX_MESSAGE) {
            throw new Libp2pException(
                    Code.PROTOCOL_VIOLATION, "a message of " + length + " bytes is too long");
        }
        int permits = length > SMALL ? (int) length / 1024 : 0;
        acquire(permits);
        try {
            taker.accept(stream.remotePeer(), MessageCodec.decode(body(stream, (int) length)));
        } finally {
            room.release(permits);
        }
        return true;
    }

    private void acquire(int permits) {
        try {
            if (!room.tryAcquire(permits, PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new Libp2pException(Code.LIMIT_EXCEEDED, "too many messages at once");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Libp2pException(Code.STREAM_RESET, "interrupted while reading", e);
        }
    }

    private static Bytes body(Stream stream, int length) {
        try (Deadline deadline = Deadline.start(PATIENCE, stream::reset)) {
            ByteBuffer buffer = ByteBuffer.allocate(Math.min(length, SMALL));
            while (buffer.position() < length) {
                if (!buffer.hasRemaining()) {
                    int more = (int) Math.min(length, 4L * buffer.capacity());
                    buffer = ByteBuffer.allocate(more).put(buffer.flip());
                }
                if (stream.read(buffer) < 0) {
                    throw new Libp2pException(
                            Code.CONNECTION_CLOSED, "the other side ended within a message");
                }
            }
            deadline.met();
            return Bytes.wrap(buffer.array());
        }
    }
}

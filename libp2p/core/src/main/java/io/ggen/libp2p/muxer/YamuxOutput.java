package io.ggen.libp2p.muxer;

import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.Libp2pException.Code;
import io.ggen.libp2p.io.BufferPool;
import io.ggen.libp2p.io.Duplex;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The sending side of a connection. Frames of several threads share one buffer: whoever comes last
 * hands it on, so that small frames travel together and a payload is copied once on its way to the
 * cipher. Thread-safe.
 *
 * <p>{@link #control} never blocks, so the reader may use it: otherwise two readers that write to
 * each other could wait forever.
 */
final class YamuxOutput {
    private static final int MAX_CONTROL = 1024;

    private final Duplex channel;
    private final ReentrantLock writing = new ReentrantLock();
    private final BufferPool pool;
    private final Queue<YamuxFrame> pending = new ArrayDeque<>();

    /** What waits to be handed on; nothing while nothing waits. Guarded by {@link #writing}. */
    private @Nullable ByteBuffer waiting;

    /** Writes to {@code channel} through buffers of {@code pool}, each for a whole frame. */
    YamuxOutput(Duplex channel, BufferPool pool) {
        this.channel = channel;
        this.pool = pool;
    }

    /**
     * Writes the next {@code length} bytes of {@code payload} in as many data frames as it takes,
     * the first with {@code flags}; blocks.
     */
    void data(int flags, int stream, ByteBuffer payload, int length) {
        writing.lock();
        try {
            int left = length;
            while (left > 0) {
                int piece = Math.min(left, YamuxOptions.MAX_FRAME - YamuxFrame.HEADER);
                ByteBuffer buffer = room(YamuxFrame.HEADER + piece);
                int first = left == length ? flags : 0;
                new YamuxFrame(YamuxFrame.DATA, first, stream, piece).write(buffer);
                buffer.put(buffer.position(), payload, payload.position(), piece);
                buffer.position(buffer.position() + piece);
                payload.position(payload.position() + piece);
                left -= piece;
            }
            finish();
        } finally {
            release();
        }
    }

    /** Writes a frame without payload; blocks. */
    void frame(YamuxFrame frame) {
        writing.lock();
        try {
            put(frame);
            finish();
        } finally {
            release();
        }
    }

    /** Lets a frame without payload be written soon, without waiting for it. */
    void control(YamuxFrame frame) {
        synchronized (pending) {
            if (pending.size() >= MAX_CONTROL) {
                throw new YamuxViolation("more than " + MAX_CONTROL + " answers wait to be taken");
            }
            pending.add(frame);
        }
        if (!writing.isLocked()) {
            Thread.ofVirtual().name("yamux-control").start(this::writePending);
        }
    }

    private void writePending() {
        writing.lock();
        try {
            finish();
        } catch (Libp2pException e) {
            channel.close();
        } finally {
            release();
        }
    }

    /**
     * A control frame may have come in after the last look and before the lock was free: then it is
     * for us to write.
     */
    private void release() {
        writing.unlock();
        if (hasPending() && !writing.isLocked()) {
            Thread.ofVirtual().name("yamux-control").start(this::writePending);
        }
    }

    private boolean hasPending() {
        synchronized (pending) {
            return !pending.isEmpty();
        }
    }

    private void put(YamuxFrame frame) {
        frame.write(room(YamuxFrame.HEADER));
    }

    private ByteBuffer room(int length) {
        ByteBuffer buffer = waiting;
        if (buffer != null && buffer.remaining() < length) {
            drain();
            buffer = waiting;
        }
        if (buffer == null) {
            buffer = pool.lend();
            waiting = buffer;
        }
        return buffer;
    }

    private void finish() {
        YamuxFrame next = takePending();
        while (next != null) {
            put(next);
            next = takePending();
        }
        if (!writing.hasQueuedThreads()) {
            drain();
            channel.flush();
        }
    }

    private @Nullable YamuxFrame takePending() {
        synchronized (pending) {
            return pending.poll();
        }
    }

    private void drain() {
        ByteBuffer buffer = waiting;
        if (buffer != null) {
            waiting = null;
            try {
                channel.write(buffer.flip());
            } finally {
                pool.giveBack(buffer);
            }
        }
    }

    /** Returns the error of a connection that has ended. */
    static Libp2pException closed(String why) {
        return new Libp2pException(Code.CONNECTION_CLOSED, "the connection has ended: " + why);
    }
}

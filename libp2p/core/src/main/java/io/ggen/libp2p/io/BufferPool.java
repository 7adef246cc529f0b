package io.ggen.libp2p.io;

import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Direct buffers of one size, lent to whoever has bytes just now, so that a connection at rest
 * holds none. Keeps a bounded number of idle ones; what is lent beyond that is left to the garbage
 * collector. Thread-safe.
 */
public final class BufferPool {
    private final int size;
    private final BlockingQueue<ByteBuffer> idle;

    /** Makes an empty pool of buffers of {@code size} bytes that keeps at most {@code most}. */
    public BufferPool(int size, int most) {
        this.size = size;
        this.idle = new ArrayBlockingQueue<>(most);
    }

    /** Returns the length of each buffer. */
    public int size() {
        return size;
    }

    /** Returns a buffer that is empty and ready to be filled. */
    public ByteBuffer lend() {
        ByteBuffer pooled = idle.poll();
        return pooled == null ? ByteBuffer.allocateDirect(size) : pooled.clear();
    }

    /** Takes a buffer back that nobody uses any more. */
    public void giveBack(ByteBuffer buffer) {
        if (buffer.capacity() == size) {
            idle.offer(buffer);
        }
    }

    /** Returns how many buffers wait to be lent. */
    public int idle() {
        return idle.size();
    }
}

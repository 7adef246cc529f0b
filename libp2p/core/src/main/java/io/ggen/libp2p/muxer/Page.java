package io.ggen.libp2p.muxer;

import io.ggen.libp2p.io.BufferPool;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A buffer of decrypted bytes that the reader fills and that streams hold parts of until the
 * application has read them; then it goes back to its pool. Parts that are dropped unread leave it
 * to the garbage collector instead. The reader alone touches {@link #buffer}.
 */
final class Page {
    private final ByteBuffer buffer;
    private final BufferPool pool;
    private final AtomicInteger holders = new AtomicInteger(1);

    private Page(BufferPool pool) {
        this.pool = pool;
        this.buffer = pool.lend();
    }

    /** Lends a page, held by the caller. */
    static Page lend(BufferPool pool) {
        return new Page(pool);
    }

    ByteBuffer buffer() {
        return buffer;
    }

    /** Returns whether nobody but the caller holds it. */
    boolean isUnshared() {
        return holders.get() == 1;
    }

    void hold() {
        holders.incrementAndGet();
    }

    void release() {
        if (holders.decrementAndGet() == 0) {
            pool.giveBack(buffer);
        }
    }
}

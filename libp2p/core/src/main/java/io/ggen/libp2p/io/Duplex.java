package io.ggen.libp2p.io;

import java.nio.ByteBuffer;

/**
 * A pipe of bytes in both directions: a raw connection, a secure channel or a stream. Blocking,
 * made for virtual threads; one thread may read while another writes, never two of either. Failures
 * are {@link io.ggen.libp2p.Libp2pException}s, after which only {@link #close} makes sense. Closing
 * from another thread ends a blocked read or write.
 */
public interface Duplex extends AutoCloseable {
    /**
     * Reads what is there, at least one byte, at most what fits into {@code into}. Blocks until
     * something comes.
     *
     * @return the number of bytes, or -1 when the other side has ended its direction
     */
    int read(ByteBuffer into);

    /**
     * Returns whether a read would give something at once, as far as this side knows without asking
     * the system; false when it does not know. Asked by the reader alone.
     */
    default boolean hasInput() {
        return false;
    }

    /** Writes all of {@code from}; blocks while the other side takes no more. */
    void write(ByteBuffer from);

    /** Hands on whatever was buffered by {@link #write}. */
    void flush();

    /**
     * Ends this side's direction after what was written; the other direction stays open where the
     * layer knows half-close.
     */
    void closeWrite();

    /** Ends both directions. Never throws; closing twice does no harm. */
    @Override
    void close();
}

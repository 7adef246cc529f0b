package io.ggen.libp2p.muxer;

import io.ggen.libp2p.io.Duplex;

import java.time.Duration;

/**
 * One stream of a connection. {@link #closeWrite} half-closes; {@link #close} half-closes and drops
 * what still comes; {@link #reset} ends it at once on both sides.
 */
public interface MuxedStream extends Duplex {
    /**
     * Ends both directions at once; the other side's reads and writes fail with STREAM_RESET. Never
     * throws.
     */
    void reset();

    /**
     * Lets every later read and write fail with TIMEOUT when it blocks for longer than {@code
     * limit}; zero means no limit.
     */
    void timeout(Duration limit);
}

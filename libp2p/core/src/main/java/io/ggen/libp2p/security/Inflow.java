package io.ggen.libp2p.security;

import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.Libp2pException.Code;
import io.ggen.libp2p.io.BufferPool;
import io.ggen.libp2p.io.Duplex;

import java.nio.ByteBuffer;

/**
 * Records that have come in and wait to be decrypted. While little comes they are kept in a buffer
 * of 1 KiB, which is all that a connection at rest holds; a larger one is lent from a pool as long
 * as reads fill it. Confined to the reader of its channel.
 */
final class Inflow {
    private static final int SMALL = 1024;

    private final Duplex raw;
    private final BufferPool pool;
    private final Framing framing;
    private final ByteBuffer small = ByteBuffer.allocateDirect(SMALL).limit(0);
    private ByteBuffer current = small;
    private boolean moreIsLikely;

    /** How long a record is. */
    interface Framing {
        /** Returns how many bytes tell the length of a record. */
        int header();

        /**
         * Returns the length of the record that begins at the position of {@code buffer}, header
         * included; throws MALFORMED when it is none.
         */
        int length(ByteBuffer buffer);
    }

    /** Reads records from {@code raw}; buffers of {@code pool} hold the longest of them. */
    Inflow(Duplex raw, BufferPool pool, Framing framing) {
        this.raw = raw;
        this.pool = pool;
        this.framing = framing;
    }

    /** Returns what is there, from its position to its limit. */
    ByteBuffer buffer() {
        return current;
    }

    /** Blocks until a whole record is there; returns its length, or -1 at the end of the pipe. */
    int awaitRecord() {
        if (!fill(framing.header())) {
            return -1;
        }
        int length = framing.length(current);
        fill(length);
        return length;
    }

    /** Returns whether a whole record is there. */
    boolean hasRecord() {
        return current.remaining() >= framing.header()
                && current.remaining() >= framing.length(current);
    }

    /**
     * Blocks until {@code wanted} bytes are there; returns false when the other side ended before
     * the first of them, throws CONNECTION_CLOSED when it ended in between.
     */
    private boolean fill(int wanted) {
        while (current.remaining() < wanted) {
            makeRoom(wanted);
            int count = raw.read(current);
            moreIsLikely = !current.hasRemaining();
            current.flip();
            if (count < 0) {
                if (current.hasRemaining()) {
                    throw new Libp2pException(
                            Code.CONNECTION_CLOSED, "the other side ended within a frame");
                }
                return false;
            }
        }
        return true;
    }

    private void makeRoom(int wanted) {
        boolean large = current.capacity() > SMALL;
        if (large && !current.hasRemaining() && !moreIsLikely) {
            pool.giveBack(current);
            current = small.clear();
        } else if (!large && (wanted > SMALL || moreIsLikely)) {
            ByteBuffer larger = pool.lend();
            larger.put(current);
            current = larger;
        } else {
            current.compact();
        }
    }
}

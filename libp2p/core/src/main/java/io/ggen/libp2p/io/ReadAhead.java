package io.ggen.libp2p.io;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;

/**
 * A pipe from which a negotiation reads a few bytes at a time without asking the system for each of
 * them. Reads of 256 bytes and more go straight to the pipe, and nothing is held once what was read
 * ahead is taken.
 */
public final class ReadAhead implements Duplex {
    private static final int SMALL = 256;
    private static final int LENGTH = 1024;

    private final Duplex pipe;
    private @Nullable ByteBuffer ahead;

    /** Reads ahead from {@code pipe}, which nobody else reads from now on. */
    public ReadAhead(Duplex pipe) {
        this.pipe = pipe;
    }

    @Override
    public int read(ByteBuffer into) {
        ByteBuffer known = ahead;
        if (known == null) {
            if (into.remaining() >= SMALL) {
                return pipe.read(into);
            }
            known = ByteBuffer.allocate(LENGTH);
            int count = pipe.read(known);
            if (count < 0) {
                return count;
            }
            known.flip();
        }
        int count = Math.min(known.remaining(), into.remaining());
        into.put(into.position(), known, known.position(), count);
        into.position(into.position() + count);
        known.position(known.position() + count);
        ahead = known.hasRemaining() ? known : null;
        return count;
    }

    @Override
    public boolean hasInput() {
        return ahead != null || pipe.hasInput();
    }

    @Override
    public void write(ByteBuffer from) {
        pipe.write(from);
    }

    @Override
    public void flush() {
        pipe.flush();
    }

    @Override
    public void closeWrite() {
        pipe.closeWrite();
    }

    @Override
    public void close() {
        pipe.close();
    }
}

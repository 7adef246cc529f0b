package io.ggen.content;

import io.ggen.multiformats.Cid;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Takes the blocks of a DAG as they are made or come. */
@FunctionalInterface
public interface BlockSink {
    /** The largest block that is ever put, in bytes; {@link BlockSource}s accept no larger one. */
    int MAX_BLOCK = 2 * 1024 * 1024;

    /**
     * Takes one block. {@link ContentHasher} puts children before their parents, and the same block
     * again where it occurs again; walks and downloads put parents first.
     *
     * @param block valid during this call alone: its bytes are overwritten afterwards
     */
    void put(Cid cid, ByteBuffer block) throws IOException;

    /** Returns the sink that forgets every block. */
    static BlockSink discard() {
        return (cid, block) -> {};
    }
}

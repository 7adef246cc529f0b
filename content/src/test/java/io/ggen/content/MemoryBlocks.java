package io.ggen.content;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;
import io.ggen.multiformats.Cid;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Blocks in memory, from which a test may take some away or exchange them. Thread-safe. */
public final class MemoryBlocks implements BlockSink, BlockSource {
    /** What is there. */
    public final Map<Cid, Bytes> blocks = new ConcurrentHashMap<>();

    @Override
    public void put(Cid cid, ByteBuffer block) {
        byte[] copy = new byte[block.remaining()];
        block.get(copy);
        blocks.put(cid, Bytes.wrap(copy));
    }

    @Override
    public Optional<Bytes> get(Cid cid) {
        return Optional.ofNullable(blocks.get(cid));
    }

    /** Stores a node as it stands and returns its CID. */
    public Cid add(DagPbNode node) {
        return add(Cid.DAG_PB, node.encode());
    }

    /** Stores a block and returns its CID. */
    public Cid add(long codec, Bytes block) {
        Cid cid = Cid.v1(codec, Sha256.of(block));
        blocks.put(cid, block);
        return cid;
    }
}

package io.ggen.content;

import io.ggen.base.Bytes;
import io.ggen.multiformats.Cid;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Blocks in memory, from which a test may take some away or exchange them. */
final class MemoryBlocks implements BlockSink, BlockSource {
    final Map<Cid, Bytes> blocks = new HashMap<>();

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
    Cid add(DagPbNode node) {
        return add(Cid.DAG_PB, node.encode());
    }

    Cid add(long codec, Bytes block) {
        Cid cid = Cid.v1(codec, io.ggen.base.Sha256.of(block));
        blocks.put(cid, block);
        return cid;
    }
}

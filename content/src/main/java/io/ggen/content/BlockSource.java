package io.ggen.content;

import io.ggen.base.Bytes;
import io.ggen.multiformats.Cid;

import java.io.IOException;
import java.util.Optional;

/** Gives blocks by their CID; whoever asks verifies them. */
@FunctionalInterface
public interface BlockSource {
    /** Returns the block, or empty when it is not there. May block on I/O. */
    Optional<Bytes> get(Cid cid) throws IOException;

    /** Returns whether the block is there, without reading it where that can be told. */
    default boolean contains(Cid cid) throws IOException {
        return get(cid).isPresent();
    }

    /** Returns a source that holds nothing. */
    static BlockSource empty() {
        return cid -> Optional.empty();
    }

    /** Returns this source without its wrong blocks, each hashed when it is got. */
    default BlockSource verified() {
        BlockSource all = this;
        return new BlockSource() {
            @Override
            public Optional<Bytes> get(Cid cid) throws IOException {
                return all.get(cid).filter(block -> BlockHash.matches(cid, block));
            }

            @Override
            public boolean contains(Cid cid) throws IOException {
                return all.contains(cid);
            }
        };
    }
}

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
}

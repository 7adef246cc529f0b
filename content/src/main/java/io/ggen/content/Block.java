package io.ggen.content;

import io.ggen.base.Bytes;
import io.ggen.multiformats.Cid;

/** A block beside the name that it came under; {@link #isGenuine} says whether it bears it. */
public record Block(Cid cid, Bytes bytes) {
    /** Returns whether the bytes are the ones that the CID names. Hashes them. */
    public boolean isGenuine() {
        return BlockHash.matches(cid, bytes);
    }
}

package io.ggen.content;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;
import io.ggen.content.ContentException.Reason;
import io.ggen.multiformats.Cid;
import io.ggen.multiformats.Multihash;

import java.io.IOException;

/** Blocks that are what their CIDs say, whatever the source gives. */
record VerifiedBlocks(BlockSource source) {
    /**
     * Returns the block.
     *
     * @throws ContentException when it is missing, too large or another one
     */
    Bytes get(Cid cid) throws IOException {
        if (cid.version() != 1 || cid.hash().code() != Multihash.SHA2_256) {
            throw ContentException.notCanonical(
                    "a block is not named by CIDv1 and SHA-256: " + cid);
        }
        Bytes block =
                source.get(cid)
                        .orElseThrow(() ->
                                new ContentException(Reason.MISSING_BLOCK, "no block " + cid));
        if (block.length() > BlockSink.MAX_BLOCK) {
            throw ContentException.limit("block " + cid + " has " + block.length() + " bytes");
        }
        if (!Sha256.of(block).bytes().equals(cid.hash().digest())) {
            throw new ContentException(
                    Reason.CORRUPT_BLOCK, "block " + cid + " does not have the bytes of its name");
        }
        return block;
    }

    DagPbNode node(Cid cid) throws IOException {
        return DagPbNode.decode(get(cid));
    }
}

package io.ggen.libp2p.bitswap.wire;

import io.ggen.multiformats.Cid;

/**
 * An entry of a wantlist.
 *
 * @param kind what is asked; of no meaning in a cancellation
 * @param sendDontHave whether to be told when the block is not there
 */
public record Want(Cid cid, Kind kind, boolean sendDontHave) {
    /** What is asked about a block. */
    public enum Kind {
        /** The block itself. */
        BLOCK,
        /** Whether it is there. */
        HAVE,
        /** Nothing any more. */
        CANCEL
    }

    /** Asks for the block, or to be told that it is not there. */
    public static Want block(Cid cid) {
        return new Want(cid, Kind.BLOCK, true);
    }

    /** Asks whether the block is there. */
    public static Want have(Cid cid) {
        return new Want(cid, Kind.HAVE, true);
    }

    /** Takes back what was asked about the block. */
    public static Want cancel(Cid cid) {
        return new Want(cid, Kind.CANCEL, false);
    }
}

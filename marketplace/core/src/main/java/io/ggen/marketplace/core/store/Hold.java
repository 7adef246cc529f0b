package io.ggen.marketplace.core.store;

import io.ggen.base.Sha256;
import io.ggen.multiformats.Cid;

import java.time.Instant;

/**
 * That a content is kept and may be served, although nothing that is installed needs it.
 *
 * @param cid its root
 * @param sha256 of its canonical tar, by which the store knows it
 * @param since when it began
 */
public record Hold(Cid cid, Sha256 sha256, Reason reason, Instant since) {
    /** Why a content is held. */
    public enum Reason {
        /** It was published from here. */
        PUBLISHED,
        /** Somebody asked for it to be kept. */
        PINNED,
        /** A pinned package needs it. */
        NEEDED,
        /** It is a copy of another registry's. */
        MIRRORED,
        /**
         * It came over the network to be installed. A sweep ends the hold once nothing that is
         * installed needs it.
         */
        INSTALLED
    }
}

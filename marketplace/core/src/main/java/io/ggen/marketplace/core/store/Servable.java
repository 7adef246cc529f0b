package io.ggen.marketplace.core.store;

import io.ggen.multiformats.Cid;

/**
 * Which blocks belong to contents that are held, as it was when it was asked for: 8 bytes for each
 * block. Immutable and thread-safe.
 */
public final class Servable {
    private static final Servable NOTHING = new Servable(new Digests().sort());

    private final Digests digests;

    Servable(Digests digests) {
        this.digests = digests;
    }

    /** Returns no block at all. */
    public static Servable nothing() {
        return NOTHING;
    }

    /** Returns these blocks and those of a content that is held from now on. */
    public Servable with(StoredContent content) {
        return new Servable(digests.with(content.places()));
    }

    /** Returns whether a block belongs to a content that is held and whole. */
    public boolean contains(Cid cid) {
        return cid.hash().digest().length() == io.ggen.base.Sha256.LENGTH
                && digests.contains(cid.hash().digest());
    }
}

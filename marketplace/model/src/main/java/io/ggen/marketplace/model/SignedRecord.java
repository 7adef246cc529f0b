package io.ggen.marketplace.model;

import io.ggen.base.Sha256;

import java.util.Optional;

/** A record whose signature was verified, with the very bytes that were signed. */
public sealed interface SignedRecord {
    /** Returns the envelope: what is stored and handed on. */
    Envelope envelope();

    /** Returns who signed, and where in the signer's chain it stands. */
    Origin signedBy();

    /** Returns the record id. */
    default Sha256 recordId() {
        return envelope().recordId();
    }

    /** A verified release. */
    record OfRelease(Envelope envelope, Release release) implements SignedRecord {
        @Override
        public Origin signedBy() {
            return release.origin().orElseThrow();
        }
    }

    /** A verified yank. */
    record OfYank(Envelope envelope, Yank yank) implements SignedRecord {
        @Override
        public Origin signedBy() {
            return yank.origin();
        }
    }

    /**
     * Returns how one key contradicts itself in this record and {@code other}: two records at one
     * place of a chain, another record before one of them than the other, which stands there, or
     * two contents for one version. Neither may then be newly installed.
     */
    default Optional<Equivocation> contradicts(SignedRecord other) {
        Origin mine = signedBy();
        Origin theirs = other.signedBy();
        if (!mine.publisher().equals(theirs.publisher())) {
            return Optional.empty();
        }
        if (mine.chain().equals(theirs.chain())
                && mine.sequence() == theirs.sequence()
                && !recordId().equals(other.recordId())) {
            return Optional.of(new Equivocation(Equivocation.Kind.SAME_SEQUENCE, this, other));
        }
        if (mine.chain().equals(theirs.chain()) && (follows(other) || other.follows(this))) {
            return Optional.of(new Equivocation(Equivocation.Kind.OTHER_HISTORY, this, other));
        }
        return this instanceof OfRelease a && other instanceof OfRelease b && differ(a, b)
                ? Optional.of(new Equivocation(Equivocation.Kind.OTHER_CONTENT, this, other))
                : Optional.empty();
    }

    /** Returns whether this is next after {@code before} but names another record there. */
    private boolean follows(SignedRecord before) {
        return signedBy().sequence() - 1 == before.signedBy().sequence()
                && !signedBy().previous().equals(Optional.of(before.recordId()));
    }

    private static boolean differ(OfRelease a, OfRelease b) {
        return a.release().id().equals(b.release().id())
                && a.release().version().equals(b.release().version())
                && !a.release().content().equals(b.release().content());
    }
}

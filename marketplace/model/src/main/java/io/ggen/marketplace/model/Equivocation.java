package io.ggen.marketplace.model;

/**
 * Two records of one key that cannot both be honest; both are kept as evidence.
 *
 * @param kind in what they contradict each other
 */
public record Equivocation(Kind kind, SignedRecord one, SignedRecord other) {
    /** In what two records of one key contradict each other. */
    public enum Kind {
        /** Two records at the same publisher, chain and sequence. */
        SAME_SEQUENCE,
        /** A record that names another one before it than the other, which stands there. */
        OTHER_HISTORY,
        /** Other content for the same publisher, id and version. */
        OTHER_CONTENT
    }
}

package io.ggen.marketplace.core.search;

import org.apache.lucene.search.DocIdSetIterator;

import java.io.IOException;

/** Walks matching documents of one segment in ascending order. Starts before the first. */
abstract class Cursor {
    static final int END = DocIdSetIterator.NO_MORE_DOCS;

    /** The document it stands on, -1 before the first, {@link #END} after the last. */
    int document = -1;

    /** Goes to the first match at or after {@code target}, which is ahead; returns it. */
    abstract int advance(int target) throws IOException;

    /** Returns the next match. */
    int next() throws IOException {
        return advance(document + 1);
    }

    /** Returns what the document it stands on earns within its tier, before its length counts. */
    abstract float score() throws IOException;

    /** Returns the tier of the document it stands on, {@link Relevance#NO_TIER} where none. */
    abstract float tier() throws IOException;

    /** Returns about how many documents match. */
    abstract long cost();
}

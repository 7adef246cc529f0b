package io.ggen.marketplace.core.search;

/**
 * Where in a document a word stands, worst place first. Kept in the index as the word's frequency.
 */
final class Place {
    static final int DESCRIPTION = 1;
    static final int TAG = 2;
    static final int TITLE = 3;
    static final int NAME = 4;

    /** The word is the whole name. */
    static final int NAME_ALONE = 5;

    private Place() {}
}

package io.ggen.marketplace.core.resolve;

import java.util.Arrays;

/**
 * The facts that watch one node. Beside each stand copies of its two watched terms, so that most
 * facts need not be looked at.
 */
final class WatchList {
    private static final int FIRST = 4;
    private static final int UNKNOWN = -1;

    private Incompatibility[] facts = new Incompatibility[FIRST];
    private long[] own = new long[FIRST];
    private long[] other = new long[FIRST];
    private int[] otherAt = new int[FIRST];
    private int count;

    int count() {
        return count;
    }

    Incompatibility fact(int i) {
        return facts[i];
    }

    /** Adds a fact that watches the node by {@code term}, and another by {@code rest}. */
    void add(Incompatibility fact, int term, int rest) {
        if (count == facts.length) {
            facts = Arrays.copyOf(facts, 2 * count);
            own = Arrays.copyOf(own, 2 * count);
            other = Arrays.copyOf(other, 2 * count);
            otherAt = Arrays.copyOf(otherAt, 2 * count);
        }
        facts[count] = fact;
        copy(count++, term, rest);
    }

    private void copy(int i, int term, int rest) {
        Incompatibility fact = facts[i];
        own[i] = fact.words[fact.at[term]];
        other[i] = fact.words[fact.at[rest]];
        otherAt[i] = fact.flat ? fact.offsets[rest] : UNKNOWN;
    }

    void remove(int i) {
        count--;
        facts[i] = facts[count];
        own[i] = own[count];
        other[i] = other[count];
        otherAt[i] = otherAt[count];
    }

    /** Copies the terms of a fact with two again. */
    void refresh(Incompatibility fact, int term) {
        for (int i = 0; i < count; i++) {
            if (facts[i].equals(fact)) {
                copy(i, term, 1 - term);
            }
        }
    }

    /**
     * Returns the first fact from {@code from} on that is to be looked at, or the count.
     *
     * @param domain the values of all nodes
     * @param word the first word of this node's values
     */
    int next(int from, long[] domain, long word) {
        int i = from;
        while (i < count
                && ((word & ~own[i]) != 0
                        || otherAt[i] >= 0 && (domain[otherAt[i]] & other[i]) == 0)) {
            i++;
        }
        return i;
    }
}

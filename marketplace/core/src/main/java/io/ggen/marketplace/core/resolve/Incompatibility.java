package io.ggen.marketplace.core.resolve;

import java.util.List;

/**
 * Sets of values, each of another node, that cannot hold together. A set with "absent" in it says
 * that none of the other values is taken.
 */
final class Incompatibility {
    final Node[] nodes;

    /** The sets, one behind the other; that of node i begins at {@code at[i]}. */
    final long[] words;

    final int[] at;

    /** Where the words of each node begin in arrays over all nodes. */
    final int[] offsets;

    /** Whether each set has one word. */
    final boolean flat;

    final Cause cause;

    /** The two terms whose change is waited for. */
    int watch;

    int otherWatch;
    boolean attached;

    /** Whether the first term has changed since it was last watched. */
    boolean widened;

    Incompatibility(Cause cause, List<Node> nodes, List<long[]> sets) {
        this(cause, nodes.toArray(Node[]::new), joined(sets));
    }

    Incompatibility(Cause cause, Node[] nodes, long[] words) {
        this.cause = cause;
        this.nodes = nodes;
        this.words = words;
        this.at = new int[nodes.length];
        this.offsets = new int[nodes.length];
        this.flat = words.length == nodes.length;
        int next = 0;
        for (int i = 0; i < nodes.length; i++) {
            offsets[i] = nodes[i].offset;
            at[i] = next;
            next += nodes[i].words;
        }
        otherWatch = Math.min(1, nodes.length - 1);
    }

    private static long[] joined(List<long[]> sets) {
        int length = 0;
        for (long[] set : sets) {
            length += set.length;
        }
        long[] words = new long[length];
        int at = 0;
        for (long[] set : sets) {
            System.arraycopy(set, 0, words, at, set.length);
            at += set.length;
        }
        return words;
    }

    static Incompatibility of(Cause cause, Node node, long[] set) {
        return new Incompatibility(cause, new Node[] {node}, set.clone());
    }

    /** Returns the same fact, attached to no solver. */
    Incompatibility copy() {
        return new Incompatibility(cause, nodes, words);
    }

    long[] set(int term) {
        long[] set = new long[nodes[term].words];
        System.arraycopy(words, at[term], set, 0, set.length);
        return set;
    }

    /** Lets the first term hold for one more value. */
    void widen(int value) {
        words[value >>> 6] |= 1L << value;
        widened = true;
    }

    int termOf(Node node) {
        for (int i = 0; i < nodes.length; i++) {
            if (nodes[i] == node) {
                return i;
            }
        }
        return -1;
    }
}

package io.ggen.marketplace.core.resolve;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * What values each node may still have, and how it came to that: entries in the order they were
 * made, grouped in levels, one for each decision. Only ever narrowed, except by {@link #backTo}.
 */
final class Trail {
    private static final int NONE = -1;

    long[] domain = new long[64];
    private int[] last = new int[64];
    private boolean[] decided = new boolean[64];

    /** The nodes that are required and not decided, and how many. */
    Node[] undecided = new Node[64];

    int waiting;
    private int[] slots = new int[64];

    int size;
    int level;
    Node[] nodeAt = new Node[64];
    int[] levelAt = new int[64];
    @Nullable Incompatibility[] reasonAt = new Incompatibility[64];
    private int[] previous = new int[64];
    private int[] savedAt = new int[64];
    private long[] saved = new long[64];
    private int savedSize;

    /** Begins with {@code values} for {@code node}; nodes come in the order of their indices. */
    void open(Node node, long[] values) {
        if (node.index >= last.length) {
            last = Arrays.copyOf(last, 2 * node.index);
            decided = Arrays.copyOf(decided, 2 * node.index);
            slots = Arrays.copyOf(slots, 2 * node.index);
        }
        if (node.offset + node.words > domain.length) {
            domain = Arrays.copyOf(domain, 2 * (node.offset + node.words));
        }
        last[node.index] = NONE;
        slots[node.index] = NONE;
        System.arraycopy(values, 0, domain, node.offset, node.words);
    }

    boolean holds(Incompatibility fact, int term) {
        if (fact.flat) {
            return (domain[fact.offsets[term]] & ~fact.words[term]) == 0;
        }
        Node node = fact.nodes[term];
        return Bits.subset(domain, node.offset, fact.words, fact.at[term], node.words);
    }

    boolean fails(Incompatibility fact, int term) {
        if (fact.flat) {
            return (domain[fact.offsets[term]] & fact.words[term]) == 0;
        }
        Node node = fact.nodes[term];
        return Bits.disjoint(domain, node.offset, fact.words, fact.at[term], node.words);
    }

    /** Takes the values of a term away from its node, because of the fact it is in. */
    void exclude(Incompatibility fact, int term) {
        Node node = fact.nodes[term];
        push(node, fact);
        for (int i = 0; i < node.words; i++) {
            domain[node.offset + i] &= ~fact.words[fact.at[term] + i];
        }
        track(node);
    }

    /** Decides for a value, in a new level where that changes anything. */
    void decide(Node node, int value) {
        if (!isForced(node)) {
            level++;
        }
        push(node, null);
        Arrays.fill(domain, node.offset, node.offset + node.words, 0);
        domain[node.offset + (value >>> 6)] = 1L << value;
        decided[node.index] = true;
        track(node);
    }

    /** Keeps the list of undecided nodes. */
    private void track(Node node) {
        int slot = slots[node.index];
        boolean listed = (domain[node.offset] & 1) == 0 && !decided[node.index];
        if (listed == slot >= 0) {
            return;
        }
        if (listed) {
            if (waiting == undecided.length) {
                undecided = Arrays.copyOf(undecided, 2 * waiting);
            }
            slots[node.index] = waiting;
            undecided[waiting++] = node;
        } else {
            Node moved = undecided[--waiting];
            undecided[slot] = moved;
            slots[moved.index] = slot;
            slots[node.index] = NONE;
        }
    }

    private void push(Node node, @Nullable Incompatibility reason) {
        grow(node.words);
        nodeAt[size] = node;
        levelAt[size] = level;
        reasonAt[size] = reason;
        previous[size] = last[node.index];
        savedAt[size] = savedSize;
        System.arraycopy(domain, node.offset, saved, savedSize, node.words);
        savedSize += node.words;
        last[node.index] = size++;
    }

    private void grow(int words) {
        if (size == levelAt.length) {
            int length = 2 * size;
            nodeAt = Arrays.copyOf(nodeAt, length);
            levelAt = Arrays.copyOf(levelAt, length);
            reasonAt = Arrays.copyOf(reasonAt, length);
            previous = Arrays.copyOf(previous, length);
            savedAt = Arrays.copyOf(savedAt, length);
        }
        if (savedSize + words > saved.length) {
            saved = Arrays.copyOf(saved, 2 * (savedSize + words));
        }
    }

    /** Takes back every entry above {@code target}. */
    void backTo(int target) {
        while (size > 0 && levelAt[size - 1] > target) {
            Node node = nodeAt[--size];
            savedSize = savedAt[size];
            System.arraycopy(saved, savedSize, domain, node.offset, node.words);
            last[node.index] = previous[size];
            if (reasonAt[size] == null) {
                decided[node.index] = false;
            }
            track(node);
        }
        level = target;
    }

    /** Makes everything decided so far permanent. */
    void freeze() {
        Arrays.fill(levelAt, 0, size, 0);
        level = 0;
    }

    /** Returns the entry that made a set of {@code node} hold; -1 when it held from the start. */
    int satisfier(Node node, long[] words, int at) {
        int entry = last[node.index];
        while (entry >= 0 && Bits.subset(saved, savedAt[entry], words, at, node.words)) {
            entry = previous[entry];
        }
        return entry;
    }

    int lastEntry(Node node) {
        return last[node.index];
    }

    int previousEntry(int entry) {
        return previous[entry];
    }

    /** Returns whether the node of {@code entry} had one value already. */
    boolean changedNothing(int entry) {
        int count = 0;
        for (int i = 0; i < nodeAt[entry].words; i++) {
            count += Long.bitCount(saved[savedAt[entry] + i]);
        }
        return count == 1;
    }

    boolean isDecided(Node node) {
        return decided[node.index];
    }

    boolean isRequired(Node node) {
        return (domain[node.offset] & 1) == 0;
    }

    /** Returns the first value left that is not "absent", or 0. */
    int preferred(Node node) {
        long word = domain[node.offset] & ~1L;
        for (int i = 0; ; word = domain[node.offset + i]) {
            if (word != 0) {
                return (i << 6) + Long.numberOfTrailingZeros(word);
            }
            if (++i == node.words) {
                return Node.ABSENT;
            }
        }
    }

    int remaining(Node node) {
        if (node.words == 1) {
            return Long.bitCount(domain[node.offset]);
        }
        int count = 0;
        for (int i = 0; i < node.words; i++) {
            count += Long.bitCount(domain[node.offset + i]);
        }
        return count;
    }

    private boolean isForced(Node node) {
        return remaining(node) == 1;
    }
}

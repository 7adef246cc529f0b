package io.ggen.marketplace.p2p.reconcile;

import java.util.ArrayList;
import java.util.List;

/**
 * A sorted set of items that knows the sum of the ids of any range: some 45 bytes an item, a change
 * costs a shift within 256 items, a range the adding of at most as many. Not thread-safe.
 */
public final class Items {
    private final List<Chunk> chunks = new ArrayList<>();
    private int size;

    /** How many items come before each chunk, and their sum; made anew after a change. */
    private int[] counts = {};

    private Sum[] sums = {};
    private boolean isStale = true;

    /** Returns the number of items. */
    public int size() {
        return size;
    }

    /** Returns whether {@code item} is there. */
    public boolean contains(Item item) {
        if (chunks.isEmpty()) {
            return false;
        }
        Bound bound = Bound.at(item);
        Chunk chunk = chunks.get(chunkOf(bound));
        return chunk.holds(chunk.rank(bound), item);
    }

    /** Adds {@code item}; returns whether it is new. */
    public boolean add(Item item) {
        if (chunks.isEmpty()) {
            chunks.add(new Chunk());
        }
        Bound bound = Bound.at(item);
        int number = chunkOf(bound);
        Chunk chunk = chunks.get(number);
        int at = chunk.rank(bound);
        if (chunk.holds(at, item)) {
            return false;
        }
        if (chunk.isFull()) {
            split(number, at);
            return add(item);
        }
        chunk.insert(at, item);
        changed(1);
        return true;
    }

    /** Makes room in a full chunk: none is copied where items come in their order. */
    private void split(int number, int at) {
        boolean isEnd = number == chunks.size() - 1 && at == Chunk.CAPACITY;
        chunks.add(number + 1, isEnd ? new Chunk() : chunks.get(number).split(Chunk.CAPACITY / 2));
    }

    /** Removes {@code item}; returns whether it was there. */
    public boolean remove(Item item) {
        if (!contains(item)) {
            return false;
        }
        Bound bound = Bound.at(item);
        int number = chunkOf(bound);
        Chunk chunk = chunks.get(number);
        chunk.remove(chunk.rank(bound));
        if (chunk.size() == 0) {
            chunks.remove(number);
        }
        changed(-1);
        return true;
    }

    private void changed(int by) {
        size += by;
        isStale = true;
    }

    /** Returns the number of the only chunk in which the item at {@code bound} can be. */
    private int chunkOf(Bound bound) {
        byte[] prefix = bound.prefix().toArray();
        int low = 0;
        int high = chunks.size() - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            Chunk chunk = chunks.get(middle);
            if (chunk.isBefore(chunk.size() - 1, bound.time(), prefix)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Returns how many items are before {@code bound}. */
    int rank(Bound bound) {
        if (bound.isEnd() || chunks.isEmpty()) {
            return bound.isEnd() ? size : 0;
        }
        refresh();
        int number = chunkOf(bound);
        return counts[number] + chunks.get(number).rank(bound);
    }

    /** Returns the item at {@code index} of the order. */
    Item get(int index) {
        refresh();
        int number = chunkAt(index);
        return chunks.get(number).get(index - counts[number]);
    }

    /** Returns the sum of the ids {@code from} (inclusive) to {@code to} (exclusive). */
    Sum sum(int from, int to) {
        Sum sum = sumBefore(to);
        sum.subtract(sumBefore(from));
        return sum;
    }

    private Sum sumBefore(int index) {
        refresh();
        if (index == size) {
            return sums[chunks.size()].copy();
        }
        int number = chunkAt(index);
        Sum sum = chunks.get(number).sumOfFirst(index - counts[number]);
        sum.add(sums[number]);
        return sum;
    }

    private int chunkAt(int index) {
        int low = 0;
        int high = chunks.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (counts[middle] <= index) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private void refresh() {
        if (!isStale) {
            return;
        }
        counts = new int[chunks.size()];
        sums = new Sum[chunks.size() + 1];
        var sum = new Sum();
        int count = 0;
        for (int i = 0; i < chunks.size(); i++) {
            counts[i] = count;
            sums[i] = sum.copy();
            count += chunks.get(i).size();
            sum.add(chunks.get(i).sum());
        }
        sums[chunks.size()] = sum;
        isStale = false;
    }
}

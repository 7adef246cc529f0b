package io.ggen.marketplace.p2p.reconcile;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;

import java.util.Arrays;

/** Up to 256 items in their order, with the sum of their ids. Not thread-safe. */
final class Chunk {
    static final int CAPACITY = 256;
    private static final int ID = Sha256.LENGTH;

    private final long[] times = new long[CAPACITY];
    private final byte[] ids = new byte[CAPACITY * ID];
    private Sum sum = new Sum();
    private int size;

    int size() {
        return size;
    }

    boolean isFull() {
        return size == CAPACITY;
    }

    Sum sum() {
        return sum;
    }

    Item get(int index) {
        return new Item(times[index], new Sha256(id(index)));
    }

    Bytes id(int index) {
        return Bytes.wrap(Arrays.copyOfRange(ids, index * ID, (index + 1) * ID));
    }

    /** Returns the index of the first item that is not before {@code bound}. */
    int rank(Bound bound) {
        byte[] prefix = bound.prefix().toArray();
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (isBefore(middle, bound.time(), prefix)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    boolean isBefore(int index, long time, byte[] prefix) {
        if (times[index] != time) {
            return times[index] < time;
        }
        int at = index * ID;
        return Arrays.compareUnsigned(ids, at, at + prefix.length, prefix, 0, prefix.length) < 0;
    }

    boolean holds(int index, Item item) {
        return index < size && times[index] == item.time() && id(index).equals(item.id().bytes());
    }

    /** Puts an item at {@code index}; there must be room. */
    void insert(int index, Item item) {
        System.arraycopy(times, index, times, index + 1, size - index);
        System.arraycopy(ids, index * ID, ids, (index + 1) * ID, (size - index) * ID);
        times[index] = item.time();
        item.id().bytes().buffer().get(ids, index * ID, ID);
        sum.add(ids, index * ID);
        size++;
    }

    void remove(int index) {
        sum.subtract(ids, index * ID);
        int rest = size - index - 1;
        System.arraycopy(times, index + 1, times, index, rest);
        System.arraycopy(ids, (index + 1) * ID, ids, index * ID, rest * ID);
        size--;
    }

    /** Moves the items from {@code index} on into a new chunk. */
    Chunk split(int index) {
        var upper = new Chunk();
        upper.size = size - index;
        System.arraycopy(times, index, upper.times, 0, upper.size);
        System.arraycopy(ids, index * ID, upper.ids, 0, upper.size * ID);
        upper.sum = upper.sumOfFirst(upper.size);
        size = index;
        sum = sumOfFirst(size);
        return upper;
    }

    Sum sumOfFirst(int count) {
        var first = new Sum();
        for (int i = 0; i < count; i++) {
            first.add(ids, i * ID);
        }
        return first;
    }
}

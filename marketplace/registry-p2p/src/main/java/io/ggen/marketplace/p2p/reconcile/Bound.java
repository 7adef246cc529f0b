package io.ggen.marketplace.p2p.reconcile;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;

/**
 * Where a range ends: before every item of a later time, or of this time and an id that is not
 * below {@code prefix}. Ordered.
 *
 * @param time in Unix seconds, or {@link #INFINITY}
 * @param prefix the first 0 to 32 bytes of an id, the rest being zero
 */
record Bound(long time, Bytes prefix) implements Comparable<Bound> {
    /** The time after every item. */
    static final long INFINITY = Long.MAX_VALUE;

    /** The bound before every item. */
    static final Bound START = new Bound(0, Bytes.empty());

    /** The bound after every item. */
    static final Bound END = new Bound(INFINITY, Bytes.empty());

    /** Returns the bound just before {@code item}. */
    static Bound at(Item item) {
        return new Bound(item.time(), item.id().bytes());
    }

    /** Returns the shortest bound after {@code last} and not after {@code next}, its successor. */
    static Bound between(Item last, Item next) {
        if (last.time() != next.time()) {
            return new Bound(next.time(), Bytes.empty());
        }
        Bytes one = last.id().bytes();
        Bytes other = next.id().bytes();
        int common = 0;
        while (common < Sha256.LENGTH && one.get(common) == other.get(common)) {
            common++;
        }
        return new Bound(next.time(), other.slice(0, Math.min(common + 1, Sha256.LENGTH)));
    }

    boolean isEnd() {
        return time == INFINITY;
    }

    @Override
    public int compareTo(Bound other) {
        int order = Long.compare(time, other.time);
        return order != 0 ? order : prefix.compareTo(other.prefix);
    }
}

package io.ggen.marketplace.p2p.reconcile;

import io.ggen.base.Sha256;

/**
 * What is reconciled: an id and the time by which both sides sort it. Ordered by time, then id.
 *
 * @param time in Unix seconds, from 0 to {@link #MAX_TIME}
 */
public record Item(long time, Sha256 id) implements Comparable<Item> {
    /** The largest time of an item: one below the protocol's infinity, as far as 63 bits go. */
    public static final long MAX_TIME = Long.MAX_VALUE - 1;

    /** Checks the time. */
    public Item {
        if (time < 0 || time > MAX_TIME) {
            throw new IllegalArgumentException("a time is from 0 to 2^63 - 2: " + time);
        }
    }

    @Override
    public int compareTo(Item other) {
        int order = Long.compare(time, other.time);
        return order != 0 ? order : id.bytes().compareTo(other.id.bytes());
    }
}

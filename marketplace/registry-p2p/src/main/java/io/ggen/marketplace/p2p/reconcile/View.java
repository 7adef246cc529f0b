package io.ggen.marketplace.p2p.reconcile;

import io.ggen.base.Bytes;

import java.util.ArrayList;
import java.util.List;

/**
 * What one side holds towards another: its items, and some that are told to that other side alone.
 * The two sets have no item in common. As thread-safe as they are.
 */
public record View(Items items, Items extra) {
    /** Returns the view of somebody who has nothing to add. */
    public static View of(Items items) {
        return new View(items, new Items());
    }

    /** A place in both sets: how many items of each come before it. */
    record Place(int items, int extra) {
        static final Place START = new Place(0, 0);
    }

    /**
     * Answers a message of the side that began, in at most {@code limit} bytes.
     *
     * @throws io.ggen.libp2p.protobuf.MalformedMessageException when it breaks a rule
     */
    public Bytes answer(Bytes message, int limit) {
        return new Turn(this, limit, Turn.Differences.unwanted()).take(message);
    }

    Place place(Bound bound) {
        return new Place(items.rank(bound), extra.rank(bound));
    }

    Place end() {
        return new Place(items.size(), extra.size());
    }

    static int count(Place from, Place to) {
        return to.items() - from.items() + to.extra() - from.extra();
    }

    Bytes fingerprint(Place from, Place to) {
        Sum sum = items.sum(from.items(), to.items());
        sum.add(extra.sum(from.extra(), to.extra()));
        return sum.fingerprint(count(from, to));
    }

    /** Returns the items of a range in their order, at most {@code most} of them. */
    List<Item> list(Place from, Place to, int most) {
        List<Item> list = new ArrayList<>(Math.min(most, count(from, to)));
        int one = from.items();
        int other = from.extra();
        while (list.size() < most && (one < to.items() || other < to.extra())) {
            boolean isExtra =
                    one == to.items()
                            || (other < to.extra()
                                    && extra.get(other).compareTo(items.get(one)) < 0);
            list.add(isExtra ? extra.get(other++) : items.get(one++));
        }
        return list;
    }

    /**
     * Returns bounds that cut a range, which ends at {@code upper} and holds at least twice as many
     * items, into {@code parts} smaller ones: by the larger of the two sets, so that each part
     * holds at least one of its items.
     */
    List<Bound> cut(Place from, Place to, Bound upper, int parts) {
        int ofItems = to.items() - from.items();
        int ofExtra = to.extra() - from.extra();
        boolean byExtra = ofExtra > ofItems;
        Items larger = byExtra ? extra : items;
        int start = byExtra ? from.extra() : from.items();
        int count = Math.max(ofItems, ofExtra);
        List<Bound> bounds = new ArrayList<>(parts);
        int at = start;
        for (int part = 0; part < parts - 1; part++) {
            at += count / parts + (part < count % parts ? 1 : 0);
            bounds.add(Bound.between(larger.get(at - 1), larger.get(at)));
        }
        bounds.add(upper);
        return bounds;
    }
}

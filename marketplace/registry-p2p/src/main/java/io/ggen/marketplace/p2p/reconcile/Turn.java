package io.ggen.marketplace.p2p.reconcile;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;

import java.util.List;

/**
 * One message taken and one made. A range in which both agree is skipped; one in which they do not
 * is cut into sixteen, or listed where it has less than two items for each. When the message is as
 * long as it may be, one fingerprint stands for all the rest. Not thread-safe.
 */
final class Turn {
    /** The least limit that always lets something through. */
    static final int MIN_LIMIT = 4096;

    private static final int PARTS = 16;

    /** Room for a skip and a last fingerprint. */
    private static final int RESERVE = 128;

    private final View view;
    private final int limit;
    private final Differences differences;
    private final RangeWriter out = new RangeWriter();
    private Bound lower = Bound.START;
    private View.Place from = View.Place.START;
    private boolean isSkipping;
    private boolean isFull;

    /** Who hears of differences: the side that began does, the other lists its ids instead. */
    interface Differences {
        /** Returns how many items of one range it takes at most; none where it takes no range. */
        int room();

        /** Hears of a range where the other side has {@code theirs} and this one {@code ours}. */
        void found(List<Item> ours, List<Bytes> theirs);

        /** Returns what the answering side has. */
        static Differences unwanted() {
            return new Differences() {
                @Override
                public int room() {
                    return 0;
                }

                @Override
                public void found(List<Item> ours, List<Bytes> theirs) {
                    throw new IllegalStateException("there is no room for differences");
                }
            };
        }
    }

    Turn(View view, int limit, Differences differences) {
        if (limit < MIN_LIMIT) {
            throw new IllegalArgumentException("a message needs room for 4096 bytes");
        }
        this.view = view;
        this.limit = limit;
        this.differences = differences;
    }

    /** Makes the first message. */
    Bytes begin() {
        split(view.end(), Bound.END);
        return out.toBytes();
    }

    /** Takes a message and makes the answer; one byte when there is nothing left to say. */
    Bytes take(Bytes message) {
        var ranges = new RangeReader(message);
        while (ranges.hasNext()) {
            Range range = ranges.next();
            if (!isFull) {
                take(range);
            }
        }
        return out.toBytes();
    }

    private void take(Range range) {
        View.Place to = view.place(range.upper());
        switch (range) {
            case Range.Skip skip -> isSkipping = true;
            case Range.Print print -> compare(print, to);
            case Range.Ids ids -> list(ids, to);
        }
        lower = range.upper();
        from = to;
    }

    private void compare(Range.Print print, View.Place to) {
        if (view.fingerprint(from, to).equals(print.fingerprint())) {
            isSkipping = true;
            return;
        }
        finishSkip();
        RangeWriter.Mark mark = out.mark();
        split(to, print.upper());
        if (out.size() > limit - RESERVE) {
            out.reset(mark);
            finish(from);
        }
    }

    private void list(Range.Ids range, View.Place to) {
        if (differences.room() > 0) {
            differences.found(view.list(from, to, differences.room()), range.ids());
            isSkipping = true;
            return;
        }
        finishSkip();
        int room = Math.max(0, (limit - RESERVE - out.size()) / Sha256.LENGTH - 2);
        List<Item> ours = view.list(from, to, room + 1);
        if (ours.size() <= room) {
            ids(range.upper(), ours);
            return;
        }
        Bound cut = Bound.at(ours.getLast());
        ids(cut, ours.subList(0, room));
        finish(view.place(cut));
    }

    private void split(View.Place to, Bound upper) {
        if (View.count(from, to) < 2 * PARTS) {
            ids(upper, view.list(from, to, 2 * PARTS));
            return;
        }
        View.Place at = from;
        for (Bound bound : view.cut(from, to, upper, PARTS)) {
            View.Place next = view.place(bound);
            out.print(bound, view.fingerprint(at, next));
            at = next;
        }
    }

    private void ids(Bound upper, List<Item> items) {
        out.ids(upper, items.size());
        items.forEach(item -> out.id(item.id().bytes()));
    }

    private void finishSkip() {
        if (isSkipping) {
            out.skip(lower);
            isSkipping = false;
        }
    }

    private void finish(View.Place rest) {
        out.print(Bound.END, view.fingerprint(rest, view.end()));
        isFull = true;
    }
}

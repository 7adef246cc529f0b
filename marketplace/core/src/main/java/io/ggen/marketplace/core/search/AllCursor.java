package io.ggen.marketplace.core.search;

import java.io.IOException;
import java.util.List;

/** Documents that every one of several cursors matches; the score is their sum. */
final class AllCursor extends Cursor {
    private final Cursor[] cursors;

    AllCursor(List<Cursor> all) {
        cursors = all.toArray(new Cursor[0]);
        for (int i = 1; i < cursors.length; i++) {
            for (int j = i; j > 0 && cursors[j].cost() < cursors[j - 1].cost(); j--) {
                Cursor dearer = cursors[j - 1];
                cursors[j - 1] = cursors[j];
                cursors[j] = dearer;
            }
        }
    }

    @Override
    int next() throws IOException {
        return align(cursors[0].next());
    }

    @Override
    int advance(int target) throws IOException {
        return align(cursors[0].advance(target));
    }

    private int align(int candidate) throws IOException {
        int at = candidate;
        int i = 1;
        while (i < cursors.length && at != END) {
            Cursor other = cursors[i];
            int found = other.document < at ? other.advance(at) : other.document;
            if (found == at) {
                i++;
            } else {
                at = found == END ? END : cursors[0].advance(found);
                i = 1;
            }
        }
        document = at;
        return at;
    }

    @Override
    float score() throws IOException {
        float sum = 0;
        for (Cursor cursor : cursors) {
            sum += cursor.score();
        }
        return sum;
    }

    @Override
    float tier() throws IOException {
        float worst = Relevance.NO_TIER;
        for (Cursor cursor : cursors) {
            worst = Math.min(worst, cursor.tier());
        }
        return worst;
    }

    @Override
    long cost() {
        return cursors[0].cost();
    }
}

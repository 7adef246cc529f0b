package io.ggen.marketplace.core.search;

import java.io.IOException;
import java.util.List;

/**
 * Documents that one of several cursors matches. Alternatives for one word score as the best of
 * them, different words as their sum.
 */
final class AnyCursor extends Cursor {
    private final Cursor[] cursors;
    private final boolean sum;

    private AnyCursor(List<Cursor> any, boolean sum) {
        cursors = any.toArray(new Cursor[0]);
        this.sum = sum;
    }

    static Cursor best(List<Cursor> alternatives) {
        return alternatives.size() == 1
                ? alternatives.getFirst()
                : new AnyCursor(alternatives, false);
    }

    static Cursor sum(List<Cursor> words) {
        return words.size() == 1 ? words.getFirst() : new AnyCursor(words, true);
    }

    @Override
    int advance(int target) throws IOException {
        int nearest = END;
        for (Cursor cursor : cursors) {
            int at = cursor.document < target ? cursor.advance(target) : cursor.document;
            nearest = Math.min(nearest, at);
        }
        document = nearest;
        return nearest;
    }

    @Override
    float score() throws IOException {
        float score = 0;
        for (Cursor cursor : cursors) {
            if (cursor.document == document) {
                score = combined(score, cursor.score());
            }
        }
        return score;
    }

    @Override
    float tier() throws IOException {
        float tier = 0;
        for (Cursor cursor : cursors) {
            if (cursor.document == document) {
                tier = combined(tier, cursor.tier());
            }
        }
        return tier;
    }

    private float combined(float one, float other) {
        return sum ? one + other : Math.max(one, other);
    }

    @Override
    long cost() {
        long cost = 0;
        for (Cursor cursor : cursors) {
            cost += cursor.cost();
        }
        return cost;
    }
}

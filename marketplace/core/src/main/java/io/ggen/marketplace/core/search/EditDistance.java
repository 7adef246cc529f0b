package io.ggen.marketplace.core.search;

import org.apache.lucene.util.BytesRef;

import java.util.Arrays;

/**
 * Edits from one word to others, up to a limit: a letter more, less, another, or two neighbours
 * swapped (optimal string alignment). Not thread-safe.
 */
final class EditDistance {
    private final BytesRef word;
    private final int limit;
    private int[] beforeLast;
    private int[] last;
    private int[] row;

    EditDistance(BytesRef word, int limit) {
        this.word = word;
        this.limit = limit;
        beforeLast = new int[word.length + 1];
        last = new int[word.length + 1];
        row = new int[word.length + 1];
    }

    int limit() {
        return limit;
    }

    /** Returns the distance, or any number over the limit. */
    int to(byte[] other, int start, int length) {
        for (int i = 0; i <= word.length; i++) {
            last[i] = i;
        }
        Arrays.fill(beforeLast, limit + 1);
        for (int i = 1; i <= length; i++) {
            if (next(other, start, i) > limit) {
                return limit + 1;
            }
            int[] free = beforeLast;
            beforeLast = last;
            last = row;
            row = free;
        }
        return last[word.length];
    }

    private int next(byte[] other, int start, int i) {
        row[0] = i;
        int best = i;
        byte c = other[start + i - 1];
        for (int j = 1; j <= word.length; j++) {
            byte w = word.bytes[word.offset + j - 1];
            int edits = Math.min(Math.min(last[j], row[j - 1]) + 1, last[j - 1] + (c == w ? 0 : 1));
            if (i > 1
                    && j > 1
                    && c == word.bytes[word.offset + j - 2]
                    && w == other[start + i - 2]) {
                edits = Math.min(edits, beforeLast[j - 2] + 1);
            }
            row[j] = edits;
            best = Math.min(best, edits);
        }
        return best;
    }
}

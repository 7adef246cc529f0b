package io.ggen.marketplace.core.config;

import java.util.Collection;
import java.util.Optional;

/** Finds what a mistyped word was meant to be. */
public final class Nearest {
    private Nearest() {}

    /**
     * Returns the candidate that {@code word} resembles most: at most a third of its letters are
     * missing, added, changed or swapped, or it begins with the whole word. The first of equals.
     */
    public static Optional<String> of(String word, Collection<String> candidates) {
        int best = Math.max(1, word.length() / 3) + 1;
        Optional<String> nearest = Optional.empty();
        for (String candidate : candidates) {
            int distance = distance(word, candidate, best);
            if (distance < best) {
                best = distance;
                nearest = Optional.of(candidate);
            }
        }
        return nearest.or(() -> startingWith(word, candidates));
    }

    private static Optional<String> startingWith(String word, Collection<String> candidates) {
        if (word.length() >= 3) {
            for (String candidate : candidates) {
                if (candidate.startsWith(word)) {
                    return Optional.of(candidate);
                }
            }
        }
        return Optional.empty();
    }

    /** Optimal string alignment; gives {@code limit} for everything that is not below it. */
    private static int distance(String one, String other, int limit) {
        if (Math.abs(one.length() - other.length()) >= limit) {
            return limit;
        }
        int[] before = new int[other.length() + 1];
        int[] last = new int[other.length() + 1];
        for (int j = 0; j < last.length; j++) {
            last[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int[] row = row(one, other, i, last, before);
            before = last;
            last = row;
        }
        return Math.min(limit, last[other.length()]);
    }

    private static int[] row(String one, String other, int i, int[] last, int[] before) {
        int[] row = new int[other.length() + 1];
        row[0] = i;
        for (int j = 1; j < row.length; j++) {
            char a = one.charAt(i - 1);
            char b = other.charAt(j - 1);
            int change = last[j - 1] + (a == b ? 0 : 1);
            row[j] = Math.min(change, Math.min(last[j], row[j - 1]) + 1);
            boolean swapped = i > 1 && j > 1 && a == other.charAt(j - 2) && b == one.charAt(i - 2);
            if (swapped) {
                row[j] = Math.min(row[j], before[j - 2] + 1);
            }
        }
        return row;
    }
}

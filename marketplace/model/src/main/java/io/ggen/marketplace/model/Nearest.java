package io.ggen.marketplace.model;

import java.util.Collection;
import java.util.Optional;

/** Finds what a mistyped word was meant to be. */
public final class Nearest {
    private static final int LONGEST = 64;

    private Nearest() {}

    /**
     * Returns the candidate that differs from {@code word} in the fewest letters, at most a third
     * of them, the first of several.
     */
    public static Optional<String> to(String word, Collection<String> candidates) {
        Optional<String> nearest = Optional.empty();
        int best = Math.min(word.length(), LONGEST) / 3 + 1;
        for (String candidate : candidates) {
            int distance = distance(word, candidate);
            if (distance < best) {
                best = distance;
                nearest = Optional.of(candidate);
            }
        }
        return nearest;
    }

    /**
     * Returns how many letters must be added, dropped, replaced or swapped with their neighbour to
     * make one word of the other; words over 64 letters are far from all others.
     */
    static int distance(String one, String other) {
        if (one.length() > LONGEST || other.length() > LONGEST) {
            return Integer.MAX_VALUE;
        }
        int[][] costs = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                costs[i][j] = i == 0 || j == 0 ? i + j : cost(costs, one, other, i, j);
            }
        }
        return costs[one.length()][other.length()];
    }

    private static int cost(int[][] costs, String one, String other, int i, int j) {
        boolean same = one.charAt(i - 1) == other.charAt(j - 1);
        int cost = costs[i - 1][j - 1] + (same ? 0 : 1);
        cost = Math.min(cost, Math.min(costs[i - 1][j], costs[i][j - 1]) + 1);
        boolean swapped =
                i > 1
                        && j > 1
                        && one.charAt(i - 1) == other.charAt(j - 2)
                        && one.charAt(i - 2) == other.charAt(j - 1);
        return swapped ? Math.min(cost, costs[i - 2][j - 2] + 1) : cost;
    }
}

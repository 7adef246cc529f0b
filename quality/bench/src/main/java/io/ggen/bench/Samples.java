package io.ggen.bench;

import java.util.Arrays;

/** Measured values of one thing, in the order of measuring. */
public final class Samples {
    private final double[] sorted;

    private Samples(double[] sorted) {
        this.sorted = sorted;
    }

    /** Returns the samples of {@code values}; there is at least one. */
    public static Samples of(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("no samples");
        }
        double[] copy = values.clone();
        Arrays.sort(copy);
        return new Samples(copy);
    }

    /** Returns how many values there are. */
    public int count() {
        return sorted.length;
    }

    /** Returns the middle value; of an even number the mean of both. */
    public double median() {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** Returns the smallest value that {@code percent} per cent do not exceed (nearest rank). */
    public double percentile(double percent) {
        int rank = (int) Math.ceil(percent / 100 * sorted.length);
        return sorted[Math.clamp(rank - 1, 0, sorted.length - 1)];
    }

    /** Returns the smallest value. */
    public double min() {
        return sorted[0];
    }

    /** Returns the greatest value. */
    public double max() {
        return sorted[sorted.length - 1];
    }
}

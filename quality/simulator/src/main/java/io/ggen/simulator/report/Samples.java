package io.ggen.simulator.report;

import java.util.Arrays;

/** Numbers that were measured, and what part of them is below what. Not thread-safe. */
public final class Samples {
    private double[] values = new double[64];
    private int size;
    private boolean sorted = true;

    /** Adds one. */
    public void add(double value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, 2 * size);
        }
        values[size++] = value;
        sorted = false;
    }

    /** Returns how many there are. */
    public int count() {
        return size;
    }

    /** Returns the value that {@code share} of all, 0 to 1, do not exceed; 0 when there is none. */
    public double quantile(double share) {
        if (size == 0) {
            return 0;
        }
        if (!sorted) {
            Arrays.sort(values, 0, size);
            sorted = true;
        }
        int rank = (int) Math.ceil(share * size) - 1;
        return values[Math.clamp(rank, 0, size - 1)];
    }

    /** Returns the mean, 0 when there is none. */
    public double mean() {
        return size == 0 ? 0 : Arrays.stream(values, 0, size).sum() / size;
    }
}

package io.ggen.simulator.report;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;

/**
 * The figures of a run by name, in the order they were put. Four digits of each are kept: what is
 * behind them differs for reasons nobody cares about. Not thread-safe.
 */
public final class Figures {
    private static final int DIGITS = 4;

    private final SequencedMap<String, Double> values = new LinkedHashMap<>();

    /** Puts one; returns these figures. */
    public Figures put(String name, double value) {
        values.put(name, rounded(value));
        return this;
    }

    /** Puts a count; returns these figures. */
    public Figures put(String name, long count) {
        values.put(name, (double) count);
        return this;
    }

    /**
     * Puts the median, 95th and 99th percentile of {@code samples} under names that begin alike.
     */
    public Figures quantiles(String name, Samples samples) {
        return put(name + "P50", samples.quantile(0.5))
                .put(name + "P95", samples.quantile(0.95))
                .put(name + "P99", samples.quantile(0.99));
    }

    /** Puts all of {@code others}, their names behind {@code prefix}. */
    public Figures putAll(String prefix, Figures others) {
        others.values.forEach((name, value) ->
                put(
                        prefix + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1),
                        value));
        return this;
    }

    /** Returns the one named so; throws when there is none. */
    public double get(String name) {
        Double value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no figure " + name + " among " + values.keySet());
        }
        return value;
    }

    /** Returns the one named so as people read it. */
    public String text(String name) {
        double value = get(name);
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%,d", (long) value)
                : String.valueOf(value);
    }

    /** Returns all of them. */
    public Map<String, Double> all() {
        return Map.copyOf(values);
    }

    SequencedMap<String, Double> inOrder() {
        return values;
    }

    private static double rounded(double value) {
        if (value == 0 || Math.abs(value) >= 1e12) {
            return value;
        }
        double scale = Math.pow(10, DIGITS - 1 - (int) Math.floor(Math.log10(Math.abs(value))));
        return Math.abs(value) >= 1000 ? Math.round(value) : Math.round(value * scale) / scale;
    }
}

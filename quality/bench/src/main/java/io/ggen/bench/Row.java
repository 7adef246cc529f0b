package io.ggen.bench;

import java.util.Locale;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.function.DoublePredicate;

/**
 * One line of figures: a value, its rival's, and whether the target holds. Built from {@link #of},
 * completed by the {@code with…} and {@code judge…} methods, printed by {@link #json}.
 */
public final class Row {
    /** Which way is good. */
    public enum Better {
        /** Less is better: time, memory. */
        LOWER,
        /** More is better: rates, shares. */
        HIGHER
    }

    private final String id;
    private final String what;
    private final String unit;
    private final Better better;
    private final double value;
    private final Samples samples;
    private String rival = "";
    private OptionalDouble rivalValue = OptionalDouble.empty();
    private String target = "";
    private boolean holds = true;

    private Row(String id, String what, String unit, Better better, Figure figure) {
        this.id = id;
        this.what = what;
        this.unit = unit;
        this.better = better;
        this.value = figure.value;
        this.samples = figure.samples;
    }

    private record Figure(double value, Samples samples) {}

    /** Returns a row whose value is the median of {@code samples}. */
    public static Row of(String id, String what, String unit, Better better, Samples samples) {
        return new Row(id, what, unit, better, new Figure(samples.median(), samples));
    }

    /** Returns a row whose value is the given percentile of {@code samples}. */
    public static Row percentile(
            String id, String what, String unit, double percent, Samples samples) {
        Figure figure = new Figure(samples.percentile(percent), samples);
        return new Row(id, what, unit, Better.LOWER, figure);
    }

    /** Sets the rival measured beside ours, in the same unit. */
    public Row withRival(String name, double value) {
        rival = name;
        rivalValue = OptionalDouble.of(value);
        return this;
    }

    /** Sets a rival that could not be run here: its figure comes from the table of targets. */
    public Row withTableRival(String name, double value) {
        return withRival(name + " (table)", value);
    }

    /**
     * Judges by ratio to the rival: {@code limit} is a ceiling, or a floor where more is better.
     */
    public Row judgeRatio(double limit) {
        boolean lower = better == Better.LOWER;
        target = "ratio " + (lower ? "<= " : ">= ") + number(limit);
        double ratio = value / rivalValue.orElseThrow();
        holds = lower ? ratio <= limit : ratio >= limit;
        return this;
    }

    /** Judges the value itself: {@code limit} is a ceiling, or a floor where more is better. */
    public Row judgeValue(double limit) {
        boolean lower = better == Better.LOWER;
        target = (lower ? "<= " : ">= ") + number(limit) + " " + unit;
        holds = lower ? value <= limit : value >= limit;
        return this;
    }

    /** Judges the value by a rule of its own, said in {@code target}. */
    public Row judge(String target, DoublePredicate rule) {
        this.target = target;
        holds = rule.test(value);
        return this;
    }

    /** Returns the row as one line of JSON. */
    public String json() {
        StringBuilder json = new StringBuilder(256).append('{');
        text(json, "id", id);
        text(json, "what", what);
        raw(json, "value", number(value));
        text(json, "unit", unit);
        text(json, "better", better.name().toLowerCase(Locale.ROOT));
        rivalFigures(json);
        if (target.isEmpty()) {
            raw(json, "target", "null");
            raw(json, "holds", "null");
        } else {
            text(json, "target", target);
            raw(json, "holds", Boolean.toString(holds));
        }
        raw(json, "runs", Integer.toString(samples.count()));
        raw(json, "min", number(samples.min()));
        raw(json, "max", number(samples.max()));
        return json.append('}').toString();
    }

    private void rivalFigures(StringBuilder json) {
        if (rivalValue.isEmpty()) {
            raw(json, "rival", "null");
            raw(json, "rivalValue", "null");
            raw(json, "ratio", "null");
            return;
        }
        text(json, "rival", rival);
        raw(json, "rivalValue", number(rivalValue.getAsDouble()));
        raw(json, "ratio", number(value / rivalValue.getAsDouble()));
    }

    private static void text(StringBuilder json, String key, String value) {
        raw(json, key, '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"');
    }

    private static void raw(StringBuilder json, String key, String value) {
        json.append(json.length() == 1 ? "\"" : ",\"").append(key).append("\":").append(value);
    }

    /** Returns four significant digits, without an exponent. */
    static String number(double value) {
        if (!Double.isFinite(value)) {
            return "null";
        }
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return Long.toString((long) value);
        }
        int whole = (int) Math.floor(Math.log10(Math.abs(value)));
        String text = String.format(Locale.ROOT, "%." + Math.clamp(3 - whole, 0, 12) + "f", value);
        return Objects.requireNonNull(text).contains(".") ? text.replaceAll("\\.?0+$", "") : text;
    }
}

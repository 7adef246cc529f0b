package io.ggen.simulator.report;

import java.util.List;
import java.util.Locale;

/**
 * A plot of curves over the number of nodes, which grows by a factor from mark to mark. Each curve
 * is drawn to its own highest value, which its name tells.
 *
 * @param marks the numbers of nodes
 * @param notes lines below the names of the curves, such as figures of others
 */
public record Plot(String title, List<Integer> marks, List<Curve> curves, List<String> notes) {
    private static final List<String> COLOURS =
            List.of("#1f6feb", "#d1242f", "#1a7f37", "#9a6700", "#8250df", "#57606a");
    private static final int LEFT = 40;
    private static final int TOP = 40;
    private static final int BOTTOM = 300;
    private static final int STEP = 75;
    private static final int LEGEND = 400;

    /** A curve: what it shows, and a value for each mark. */
    public record Curve(String name, String unit, List<Double> values) {
        /** Copies the list. */
        public Curve {
            values = List.copyOf(values);
        }

        private double highest() {
            return values.stream().mapToDouble(Double::doubleValue).max().orElse(1);
        }
    }

    /** Copies the lists. */
    public Plot {
        marks = List.copyOf(marks);
        curves = List.copyOf(curves);
        notes = List.copyOf(notes);
    }

    /** Makes a plot without notes. */
    public Plot(String title, List<Integer> marks, List<Curve> curves) {
        this(title, marks, curves, List.of());
    }

    /** Returns the plot as SVG. */
    public String svg() {
        var out = new StringBuilder();
        out.append(
                """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 340" \
                font-family="sans-serif" font-size="12">
                <rect width="760" height="340" fill="white"/>
                """);
        line(out, String.format(Locale.ROOT, "<text x=\"%d\" y=\"20\">%s</text>", LEFT, title));
        line(
                out,
                String.format(
                        Locale.ROOT,
                        "<line x1=\"%d\" x2=\"%d\" y1=\"%d\" y2=\"%d\" stroke=\"#ddd\"/>",
                        LEFT,
                        LEGEND - 20,
                        BOTTOM,
                        BOTTOM));
        for (int i = 0; i < marks.size(); i++) {
            line(
                    out,
                    String.format(
                            Locale.ROOT,
                            "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%,d</text>",
                            x(i),
                            BOTTOM + 18,
                            marks.get(i)));
        }
        for (int i = 0; i < curves.size(); i++) {
            draw(out, curves.get(i), i);
        }
        for (int i = 0; i < notes.size(); i++) {
            line(
                    out,
                    String.format(
                            Locale.ROOT,
                            "<text x=\"%d\" y=\"%d\" fill=\"#57606a\">%s</text>",
                            LEGEND,
                            TOP + 20 * (curves.size() + 1 + i),
                            notes.get(i)));
        }
        return out.append("</svg>\n").toString();
    }

    private void draw(StringBuilder out, Curve curve, int number) {
        String colour = COLOURS.get(number % COLOURS.size());
        double highest = Math.max(curve.highest(), Double.MIN_NORMAL);
        var points = new StringBuilder();
        for (int i = 0; i < curve.values().size(); i++) {
            double y = BOTTOM - (BOTTOM - TOP) * curve.values().get(i) / highest;
            points.append(String.format(Locale.ROOT, "%d,%.1f ", x(i), y));
            line(
                    out,
                    String.format(
                            Locale.ROOT,
                            "<circle cx=\"%d\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>",
                            x(i),
                            y,
                            colour));
        }
        line(
                out,
                String.format(
                        Locale.ROOT,
                        "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>",
                        points.toString().strip(),
                        colour));
        line(
                out,
                String.format(
                        Locale.ROOT,
                        "<text x=\"%d\" y=\"%d\" fill=\"%s\">%s (up to %s %s)</text>",
                        LEGEND,
                        TOP + 20 * number,
                        colour,
                        curve.name(),
                        new Figures().put("highest", highest).text("highest"),
                        curve.unit()));
    }

    private static int x(int mark) {
        return LEFT + 30 + mark * STEP;
    }

    private static void line(StringBuilder out, String text) {
        out.append(text).append('\n');
    }
}

package io.ggen.simulator;

import io.ggen.simulator.report.Figures;
import io.ggen.simulator.report.Plot;
import io.ggen.simulator.report.Plot.Curve;
import io.ggen.simulator.report.Report;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * How costs grow with the number of nodes: {@code gossip} and {@code lookup} in networks of 100,
 * 300, 1,000, 3,000 and 10,000, a line for each, and a plot for both. Memory and time on the
 * processor are measured besides; they stand in a plot of their own alone, as they differ from run
 * to run.
 */
final class Growth {
    private static final List<Integer> SIZES = List.of(100, 300, 1_000, 3_000, 10_000);

    private final List<Integer> sizes;
    private final long seed;
    private final PrintStream out;

    Growth(int most, long seed, PrintStream out) {
        this.sizes = SIZES.stream().filter(size -> size <= most).toList();
        this.seed = seed;
        this.out = out;
    }

    /** Writes the plots into {@code folder}. */
    void run(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("simulation-costs.svg"), costs().svg());
        Files.writeString(folder.resolve("simulation-gossip.svg"), gossip().svg());
        Files.writeString(folder.resolve("simulation-lookup.svg"), lookup().svg());
    }

    private Plot gossip() {
        List<Figures> runs = runs("gossip");
        return new Plot(
                "One message of 1 KB, by the number of nodes",
                sizes,
                List.of(
                        curve("99 % delivered within", "ms", "msP99", runs),
                        curve("hops, mean", "", "hopsMean", runs),
                        curve("copies too many", "", "duplicates", runs),
                        curve("bytes of a node", "", "bytesPerNodeAndMessage", runs)),
                List.of("Ethereum, D = 8: some 3 copies too many"));
    }

    private Plot costs() {
        List<Footprint> prints =
                sizes.stream().map(size -> Footprint.of(new Setting(size, seed))).toList();
        return new Plot(
                "What the router of one node takes, by the number of nodes",
                sizes,
                List.of(
                        new Curve("heap", "KiB", of(prints, Footprint::heapKib)),
                        new Curve("CPU for a message", "µs", of(prints, Footprint::messageMicros)),
                        new Curve(
                                "CPU of a minute at rest",
                                "µs",
                                of(prints, Footprint::restMicros))));
    }

    private static List<Double> of(List<Footprint> prints, Function<Footprint, Double> figure) {
        return prints.stream().map(figure).toList();
    }

    private Plot lookup() {
        List<Figures> runs = runs("lookup");
        return new Plot(
                "One lookup, a fifth of the nodes dead, by the number of nodes",
                sizes,
                List.of(
                        curve("first value, median", "ms", "valueMsP50", runs),
                        curve("the 20 nearest, median", "ms", "nearestMsP50", runs),
                        curve("requests", "", "requestsPerLookup", runs)));
    }

    private List<Figures> runs(String name) {
        Scenario scenario = Scenarios.named(name).orElseThrow();
        List<Figures> runs = new ArrayList<>();
        for (int size : sizes) {
            Report report = scenario.run(new Setting(size, seed));
            out.println(report.json());
            runs.add(report.figures());
        }
        return runs;
    }

    private static Curve curve(String name, String unit, String figure, List<Figures> runs) {
        return new Curve(name, unit, runs.stream().map(run -> run.get(figure)).toList());
    }
}

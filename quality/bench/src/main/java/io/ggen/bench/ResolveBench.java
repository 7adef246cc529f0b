package io.ggen.bench;

import io.ggen.marketplace.core.resolve.Resolution;
import io.ggen.marketplace.core.resolve.ResolveRequest;
import io.ggen.marketplace.core.resolve.Resolver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Row F4: the resolver, warm, over made-up graphs, beside uv as a whole process over the same
 * graphs. uv is looked for as {@code uv/bin/uv} in the cache folder.
 */
final class ResolveBench implements Bench {
    /** The figures of pubgrub-rs for graphs of these kinds, in milliseconds. */
    private static final Map<String, Double> TABLE =
            Map.of("random 1000", 8.0, "tangled 1000", 950.0, "sudoku", 11.0, "pigeons 7", 760.0);

    private static final int WARM_UP_SECONDS = 6;

    @Override
    public void run(String id, Context context) throws Exception {
        for (ResolveGraph graph : graphs()) {
            measure(id, graph, context);
        }
    }

    private static List<ResolveGraph> graphs() {
        List<ResolveGraph> graphs = new ArrayList<>();
        for (int packages : new int[] {10, 100, 1_000}) {
            graphs.add(ResolveGraphs.random(packages, true));
            graphs.add(ResolveGraphs.random(packages, false));
        }
        graphs.add(ResolveGraphs.chain(1_000));
        graphs.add(ResolveGraphs.pigeons(7));
        graphs.add(ResolveGraphs.sudoku());
        graphs.add(ResolveGraphs.tangled(100));
        graphs.add(ResolveGraphs.tangled(1_000));
        return graphs;
    }

    private static void measure(String id, ResolveGraph graph, Context context) throws IOException {
        ResolveRequest request = graph.request();
        Resolution once = warmUp(graph, request, context.quick() ? 1 : WARM_UP_SECONDS);
        context.say(graph.name() + ": " + kind(once));
        int runs = context.quick() ? 3 : 9;
        Path uv = context.cache().resolve("uv/bin/uv");
        if (Files.exists(uv)) {
            UvProject project = UvProject.of(graph, uv, context.cache());
            boolean solved = once instanceof Resolution.Solved;
            Duel duel =
                    Duel.alternate(
                            runs,
                            () -> milliseconds(graph, request),
                            () -> project.milliseconds(solved));
            context.print(
                    Row.of(id, graph.name(), "ms", Row.Better.LOWER, duel.ours())
                            .withRival("uv, whole process, at most 60 s", duel.rival().median())
                            .judgeRatio(1));
        }
        OptionalDouble figure = table(graph);
        if (figure.isPresent()) {
            context.print(
                    Row.of(id, graph.name(), "ms", Row.Better.LOWER, alone(graph, request, runs))
                            .withTableRival("pubgrub-rs", figure.getAsDouble())
                            .judgeRatio(2));
        }
    }

    private static OptionalDouble table(ResolveGraph graph) {
        Double figure = TABLE.get(graph.name().replace(", unsatisfiable", ""));
        return figure == null ? OptionalDouble.empty() : OptionalDouble.of(figure);
    }

    private static Samples alone(ResolveGraph graph, ResolveRequest request, int runs) {
        double[] values = new double[runs];
        for (int run = 0; run < runs; run++) {
            values[run] = milliseconds(graph, request);
        }
        return Samples.of(values);
    }

    private static Resolution warmUp(ResolveGraph graph, ResolveRequest request, int seconds) {
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        Resolution once = new Resolver(graph).resolve(request);
        while (System.nanoTime() < end) {
            once = new Resolver(graph).resolve(request);
        }
        return once;
    }

    private static double milliseconds(ResolveGraph graph, ResolveRequest request) {
        return 1_000
                * Duel.seconds(() -> {
                    var _ = new Resolver(graph).resolve(request);
                });
    }

    private static String kind(Resolution resolution) {
        return switch (resolution) {
            case Resolution.Solved solved -> solved.packages().size() + " packages chosen";
            case Resolution.Failed failed -> failed.explanation().text();
        };
    }
}

package io.ggen.bench;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Runs the benchmarks that measure inside one process: {@code BenchMain CACHE DATA full|quick ID…}.
 * Figures go to standard output, one line of JSON each; words to standard error.
 */
public final class BenchMain {
    /** The rows measured in process; a new benchmark adds its line here. */
    private static final Map<String, Bench> ROWS =
            Map.of(
                    "F2",
                    new SearchBench(),
                    "F3",
                    new IndexBench(),
                    "F4",
                    new ResolveBench(),
                    "N1",
                    new CryptoBench(),
                    "N8",
                    new ReconcileBench(),
                    "N11",
                    new CatalogueBench(),
                    "S1",
                    new StoreBench());

    private BenchMain() {}

    /** Runs the rows named after cache folder, data folder and length. */
    public static void main(String... arguments) throws Exception {
        if (arguments.length < 3) {
            throw new IllegalArgumentException("usage: BenchMain CACHE DATA full|quick ID…");
        }
        Console console =
                new Console(
                        arguments[2].equals("quick"),
                        Path.of(arguments[0]),
                        Path.of(arguments[1]),
                        System.out,
                        System.err);
        for (String id : List.of(arguments).subList(3, arguments.length)) {
            Bench bench = ROWS.get(id);
            if (bench == null) {
                console.say(id + ": not measured in process");
            } else {
                bench.run(id, console);
            }
        }
    }

    private record Console(
            boolean quick, Path cache, Path data, PrintStream figures, PrintStream words)
            implements Bench.Context {
        @Override
        public void print(Row row) {
            figures.println(row.json());
            figures.flush();
        }

        @Override
        public void say(String message) {
            words.println(message);
        }
    }
}

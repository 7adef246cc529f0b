package io.ggen.bench;

import io.ggen.marketplace.core.search.SearchDocument;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rival tantivy through its Python package, which is installed into a folder of its own.
 *
 * @param buildSeconds to add and commit every row
 */
record Tantivy(double buildSeconds, SearchTrial plain, SearchTrial mistyped) {
    private static final String SCRIPT = "tantivy_rival.py";

    /** Measures tantivy, or returns empty where it cannot be installed. */
    static Optional<Tantivy> run(
            Bench.Context context, SearchCorpus corpus, List<SearchQueries.Case> cases, int[] turns)
            throws IOException, InterruptedException {
        Path folder = Files.createDirectories(context.cache().resolve("tantivy"));
        if (!installed(context, folder.resolve("modules"))) {
            return Optional.empty();
        }
        try (InputStream script = Tantivy.class.getResourceAsStream(SCRIPT)) {
            if (script == null) {
                throw new IOException("the class path has no " + SCRIPT);
            }
            Files.copy(script, folder.resolve(SCRIPT), StandardCopyOption.REPLACE_EXISTING);
        }
        Files.write(folder.resolve("rows"), corpus.rows().stream().map(Tantivy::line).toList());
        Files.write(folder.resolve("queries"), cases.stream().map(Tantivy::line).toList());
        return Optional.of(read(start(folder, turns)));
    }

    private static boolean installed(Bench.Context context, Path modules)
            throws IOException, InterruptedException {
        if (Files.isDirectory(modules.resolve("tantivy"))) {
            return true;
        }
        context.say("installing tantivy");
        int status =
                new ProcessBuilder(
                                "python3",
                                "-m",
                                "pip",
                                "install",
                                "-q",
                                "--target",
                                modules.toString(),
                                "tantivy==0.27.0")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor();
        return status == 0;
    }

    private static Process start(Path folder, int[] turns) throws IOException {
        return new ProcessBuilder(
                        "python3",
                        SCRIPT,
                        "modules",
                        "rows",
                        "queries",
                        "index",
                        Integer.toString(turns[0]),
                        Integer.toString(turns[1]))
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static String line(SearchDocument row) {
        return row.id()
                + "\t"
                + row.description()
                        .replaceAll("[\\t\\r\\n\\x0b\\x0c\\x1c-\\x1e\\x85\\u2028\\u2029]", " ");
    }

    private static String line(SearchQueries.Case question) {
        return question.id() + "\t" + question.plain() + "\t" + question.mistyped();
    }

    private static Tantivy read(Process process) throws IOException, InterruptedException {
        Map<String, double[]> figures = new HashMap<>();
        try (var output = process.inputReader()) {
            output.lines()
                    .map(line -> line.split(" "))
                    .forEach(cells -> figures.put(cells[0], numbers(cells)));
        }
        double[] build = figures.get("build");
        double[] plain = figures.get("plain");
        double[] mistyped = figures.get("mistyped");
        if (process.waitFor() != 0 || build == null || plain == null || mistyped == null) {
            throw new IOException("tantivy failed");
        }
        return new Tantivy(build[0], trial(plain), trial(mistyped));
    }

    private static double[] numbers(String[] cells) {
        return Arrays.stream(cells).skip(1).mapToDouble(Double::parseDouble).toArray();
    }

    private static SearchTrial trial(double[] numbers) {
        return new SearchTrial(
                Samples.of(Arrays.copyOfRange(numbers, 1, numbers.length)), numbers[0]);
    }
}

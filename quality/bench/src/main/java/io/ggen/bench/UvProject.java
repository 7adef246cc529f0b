package io.ggen.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A graph as a folder of tiny wheels and a list of requirements, for uv to compile offline. */
record UvProject(Path uv, Path folder, Path cache) {
    private static final int LIMIT_SECONDS = 60;

    /** Writes the wheels, unless they are there from before. */
    static UvProject of(ResolveGraph graph, Path uv, Path cache) throws IOException {
        String name = graph.name().replaceAll("[^a-z0-9]+", "-");
        Path folder = cache.resolve("uv-graphs").resolve(name);
        UvProject project = new UvProject(uv, folder, cache.resolve("uv-graphs/cache"));
        if (!Files.exists(folder.resolve("ready"))) {
            project.write(graph);
            Files.createFile(folder.resolve("ready"));
        }
        return project;
    }

    private void write(ResolveGraph graph) throws IOException {
        Path wheels = Files.createDirectories(folder.resolve("wheels"));
        StringBuilder requirements = new StringBuilder();
        for (ResolveGraph.Edge edge : graph.roots()) {
            requirements.append(requirement(edge)).append('\n');
        }
        Files.writeString(folder.resolve("requirements.in"), requirements);
        for (Map.Entry<Integer, List<List<ResolveGraph.Edge>>> each : graph.packages().entrySet()) {
            String name = ResolveGraph.packageName(each.getKey());
            for (int version = 1; version <= each.getValue().size(); version++) {
                wheel(wheels, name, version, each.getValue().get(version - 1));
            }
        }
    }

    private static void wheel(Path wheels, String name, int version, List<ResolveGraph.Edge> edges)
            throws IOException {
        String stem = name + "-" + version + ".0.0";
        StringBuilder metadata = new StringBuilder("Metadata-Version: 2.1\nName: ");
        metadata.append(name).append("\nVersion: ").append(version).append(".0.0\n");
        for (ResolveGraph.Edge edge : edges) {
            metadata.append("Requires-Dist: ").append(requirement(edge)).append('\n');
        }
        try (OutputStream out = Files.newOutputStream(wheels.resolve(stem + "-py3-none-any.whl"));
                ZipOutputStream zip = new ZipOutputStream(out)) {
            entry(zip, stem + ".dist-info/METADATA", metadata.toString());
            entry(
                    zip,
                    stem + ".dist-info/WHEEL",
                    "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
            entry(zip, stem + ".dist-info/RECORD", "");
        }
    }

    private static void entry(ZipOutputStream zip, String name, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(text.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    /** Writes an edge as {@code name>=a,<b,!=c}. */
    private static String requirement(ResolveGraph.Edge edge) {
        BitSet versions = edge.versions();
        StringBuilder text = new StringBuilder(ResolveGraph.packageName(edge.on()));
        text.append(">=").append(versions.nextSetBit(0));
        text.append(",<").append(versions.length());
        for (int gap = versions.nextSetBit(0); gap < versions.length(); gap++) {
            text.append(versions.get(gap) ? "" : ",!=" + gap + ".0.0");
        }
        return text.toString();
    }

    /**
     * Runs uv to its end, for a minute at most, and checks that it finds a solution exactly if
     * there is one.
     */
    double milliseconds(boolean solvable) {
        try {
            long start = System.nanoTime();
            Process process = command().start();
            boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
            process.destroyForcibly();
            int code = process.waitFor();
            double taken = (System.nanoTime() - start) / 1e6;
            if (ended && code != (solvable ? 0 : 1)) {
                throw new IllegalStateException("uv ended with " + code + ", see " + log());
            }
            return taken;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while uv ran", e);
        }
    }

    private Path log() {
        return folder.resolve("log");
    }

    private ProcessBuilder command() {
        return new ProcessBuilder(
                        uv.toString(),
                        "pip",
                        "compile",
                        "--quiet",
                        "--offline",
                        "--no-index",
                        "--find-links",
                        folder.resolve("wheels").toString(),
                        "--cache-dir",
                        cache.toString(),
                        folder.resolve("requirements.in").toString())
                .redirectErrorStream(true)
                .redirectOutput(log().toFile());
    }
}

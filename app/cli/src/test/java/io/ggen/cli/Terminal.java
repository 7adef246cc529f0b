package io.ggen.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A user at a terminal of a test: types command lines and reads what comes. */
final class Terminal {
    private final Path directory;
    private final Map<String, String> variables = new HashMap<>();
    private Surroundings.Terminal terminal = Surroundings.Terminal.none();
    private String answers = "";
    private boolean merged;

    /** What came of a command line. */
    record Result(int status, String out, String err) {}

    Terminal(Path directory) {
        this.directory = directory;
        variables.put("HOME", directory.toString());
        variables.put("GGEN_HOME", directory.resolve("home").toString());
    }

    Terminal variable(String name, String value) {
        variables.put(name, value);
        return this;
    }

    /** From now on all three streams are a terminal, and {@code lines} are what the user types. */
    Terminal interactive(String lines) {
        terminal = new Surroundings.Terminal(true, true, true);
        answers = lines;
        return this;
    }

    /** From now on both outputs come together, as on a screen. */
    Terminal merged() {
        merged = true;
        return this;
    }

    Result run(String... line) {
        return runIn(directory, line);
    }

    Result runIn(Path folder, String... line) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = merged ? out : new ByteArrayOutputStream();
        Surroundings around =
                new Surroundings(
                        Map.copyOf(variables),
                        folder,
                        new Surroundings.Streams(
                                new ByteArrayInputStream(answers.getBytes(StandardCharsets.UTF_8)),
                                out,
                                err),
                        terminal,
                        InstantSource.fixed(Instant.parse("2026-01-02T03:04:05Z")));
        int status = Main.run(List.of(line), around);
        return new Result(
                status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}

package io.ggen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs the pages of docs/guide as they stand: files that a page shows are written, command lines
 * are run, and what they print is compared. {@code [..]} stands for anything within a line, a line
 * {@code ...} for any lines.
 */
class GuideTest {
    @TempDir Path directory;
    private Path here = Path.of("");
    private Terminal user = new Terminal(here);

    @ParameterizedTest
    @ValueSource(strings = {"author.md", "developer.md"})
    void everyPageDoesWhatItSays(String page) throws IOException {
        here = directory;
        user = new Terminal(directory).merged();
        Path root = Path.of(System.getProperty("ggen.root", "../.."));
        copy(root.resolve("examples/packs"), directory.resolve("examples/packs"));
        List<String> lines = Files.readAllLines(root.resolve("docs/guide").resolve(page));
        int at = 0;
        while (at < lines.size()) {
            String line = lines.get(at);
            int end = line.startsWith("```") ? endOf(lines, at + 1) : at;
            if (line.startsWith("```console")) {
                session(lines.subList(at + 1, end));
            } else if (line.contains(" file=")) {
                write(line.substring(line.indexOf(" file=") + 6), lines.subList(at + 1, end));
            }
            at = end + 1;
        }
    }

    private static int endOf(List<String> lines, int from) {
        int at = from;
        while (!lines.get(at).equals("```")) {
            at++;
        }
        return at;
    }

    private void write(String name, List<String> text) throws IOException {
        Path file = here.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, String.join("\n", text) + "\n");
    }

    private void session(List<String> lines) throws IOException {
        int at = 0;
        while (at < lines.size()) {
            String command = lines.get(at).substring(2);
            int next = at + 1;
            while (next < lines.size() && !lines.get(next).startsWith("$ ")) {
                next++;
            }
            String said = run(command);
            assertThat(said).as(command).matches(pattern(lines.subList(at + 1, next)));
            at = next;
        }
    }

    private String run(String command) throws IOException {
        List<String> words = words(command);
        if (words.getFirst().equals("cd")) {
            here = here.resolve(words.get(1)).normalize();
            return "";
        }
        if (words.getFirst().equals("mkdir")) {
            Files.createDirectories(here.resolve(words.getLast()));
            return "";
        }
        if (words.getFirst().equals("cat")) {
            return Files.readString(here.resolve(words.getLast()));
        }
        assertThat(words.getFirst()).as(command).isEqualTo("ggen");
        Terminal.Result result =
                user.runIn(here, words.subList(1, words.size()).toArray(String[]::new));
        return result.out().replace(directory.toString(), "~");
    }

    private List<String> words(String command) throws IOException {
        List<String> words = new ArrayList<>();
        for (String word : command.split(" (?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1)) {
            if (word.endsWith("/*")) {
                try (var all = Files.list(here.resolve(word.substring(0, word.length() - 2)))) {
                    all.map(Path::toString).sorted().forEach(words::add);
                }
            } else {
                words.add(word.replace("\"", ""));
            }
        }
        return words;
    }

    private static String pattern(List<String> lines) {
        StringBuilder pattern = new StringBuilder("(?s)");
        for (String line : lines) {
            if (line.equals("...")) {
                pattern.append(".*");
            } else {
                String quoted = "\\Q" + line.replace("[..]", "\\E[^\n]*\\Q") + "\\E";
                pattern.append(quoted).append("\n");
            }
        }
        return pattern.toString();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Path copy = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(path, copy);
                }
            }
        }
    }
}

package io.ggen.dist;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Runs the pages of docs/guide that need nodes, with the program as it is shipped. {@code [..]}
 * stands for anything within a line, a line {@code ...} for any lines, {@code ADDRESS} for where
 * the first node listens.
 */
class NetworkGuideIT {
    private static final Path ROOT =
            Path.of(System.getProperty("ggen.root", "../..")).toAbsolutePath().normalize();
    private static final Pattern ADDRESS =
            Pattern.compile("/ip4/127\\.0\\.0\\.1/tcp/\\d+/p2p/\\w+");

    @TempDir Path directory;
    private String address = "";

    @ParameterizedTest
    @ValueSource(strings = {"operator.md", "lan.md"})
    void everyPageDoesWhatItSays(String page) throws Exception {
        Files.createSymbolicLink(directory.resolve("examples"), ROOT.resolve("examples"));
        List<String> lines = Files.readAllLines(ROOT.resolve("docs/guide").resolve(page));
        int at = lines.indexOf("```console");
        while (at >= 0) {
            int end = at + 1 + lines.subList(at + 1, lines.size()).indexOf("```");
            session(lines.subList(at + 1, end));
            int next = lines.subList(end, lines.size()).indexOf("```console");
            at = next < 0 ? -1 : end + next;
        }
    }

    @AfterEach
    void stopWhatAFailureLeft() throws Exception {
        for (String home : List.of("home", "ana", "ben")) {
            if (Files.exists(directory.resolve(home).resolve("p2p/api"))) {
                run("ggen m p2p stop --home " + directory.resolve(home));
            }
        }
    }

    private void session(List<String> lines) throws Exception {
        int at = 0;
        while (at < lines.size()) {
            String command = lines.get(at).substring(2).replace("ADDRESS", address);
            int next = at + 1;
            while (next < lines.size() && !lines.get(next).startsWith("$ ")) {
                next++;
            }
            String said = run(command);
            Matcher found = ADDRESS.matcher(said);
            if (address.isEmpty() && found.find()) {
                address = found.group();
            }
            assertThat(said).as(command).matches(pattern(lines.subList(at + 1, next)));
            at = next;
        }
    }

    private String run(String line) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        for (String word : line.split(" ", -1)) {
            if (word.endsWith("/*")) {
                Path folder = directory.resolve(word.substring(0, word.length() - 2));
                try (Stream<Path> all = Files.list(folder)) {
                    all.map(Path::toString).sorted().forEach(command::add);
                }
            } else {
                command.add(word.equals("ggen") ? ROOT.resolve("ggen").toString() : word);
            }
        }
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().put("GGEN_HOME", directory.resolve("home").toString());
        builder.environment().put("HOME", directory.toString());
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }

    private String pattern(List<String> lines) {
        StringBuilder pattern = new StringBuilder("(?s)");
        for (String line : lines) {
            if (line.equals("...")) {
                pattern.append(".*");
            } else {
                String text = line.replace("ADDRESS", address);
                String quoted = "\\Q" + text.replace("[..]", "\\E[^\n]*\\Q") + "\\E";
                pattern.append(quoted).append("\n");
            }
        }
        return pattern.toString();
    }
}

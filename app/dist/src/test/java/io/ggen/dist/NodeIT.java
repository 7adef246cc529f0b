package io.ggen.dist;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The daemon as a process: what a user, a crash and a second start do to it. */
class NodeIT {
    private static final Path ROOT =
            Path.of(System.getProperty("ggen.root", "../..")).toAbsolutePath().normalize();
    private static final Pattern PID = Pattern.compile("\"pid\":(\\d+)");
    private static final String[] START = {
        "m", "p2p", "start", "--daemon", "--no-mdns", "--listen", "/ip4/127.0.0.1/tcp/0"
    };

    @TempDir Path directory;

    private record Result(int status, String said) {}

    private Result run(String... words) throws IOException, InterruptedException {
        Process process = start(words);
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), said);
    }

    private Process start(String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(ROOT.resolve("ggen").toString()));
        command.addAll(List.of(words));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().put("GGEN_HOME", directory.resolve("home").toString());
        return builder.start();
    }

    private ProcessHandle daemon() throws IOException {
        Matcher pid = PID.matcher(Files.readString(directory.resolve("home/p2p/api")));
        assertThat(pid.find()).isTrue();
        return ProcessHandle.of(Long.parseLong(pid.group(1))).orElseThrow();
    }

    @AfterEach
    void stop() throws Exception {
        run("m", "p2p", "stop");
    }

    @Test
    void aKilledNodeStartsAgainWithAllThatItHad() throws Exception {
        assertThat(run(START).status()).isZero();
        String before = peerId();
        Result published =
                run(
                        "m",
                        "p2p",
                        "publish",
                        ROOT.resolve("examples/packs/web-vocabulary").toString());
        assertThat(published.status()).as(published.said()).isZero();
        ProcessHandle daemon = daemon();
        daemon.destroyForcibly();
        daemon.onExit().join();
        assertThat(run("m", "p2p", "status").said()).contains("no node runs");
        Result plain = run("m", "search", "vocabulary");
        assertThat(plain.said()).doesNotContain("error");
        Result again = run(START);
        assertThat(again.status()).as(again.said()).isZero();
        assertThat(peerId()).isEqualTo(before);
        assertThat(run("m", "p2p", "search", "vocabulary").said()).contains("web-vocabulary 1.1.0");
        assertThat(run("m", "install", "web-vocabulary", "--global").status()).isZero();
    }

    private String peerId() throws Exception {
        Matcher id = Pattern.compile("12D3KooW\\w+").matcher(run("m", "p2p", "status").said());
        assertThat(id.find()).isTrue();
        return id.group();
    }

    @Test
    void ofTwoStartsAtOnceOneRuns() throws Exception {
        Process one = start(START);
        Process two = start(START);
        one.getInputStream().readAllBytes();
        two.getInputStream().readAllBytes();
        assertThat(List.of(one.waitFor(), two.waitFor())).containsExactlyInAnyOrder(0, 75);
        assertThat(run("m", "p2p", "status").said()).contains("12D3KooW");
    }

    @Test
    void aRequestToTerminateEndsItInOrder() throws Exception {
        assertThat(run(START).status()).isZero();
        ProcessHandle daemon = daemon();
        daemon.destroy();
        daemon.onExit().join();
        assertThat(directory.resolve("home/p2p/api")).doesNotExist();
    }

    /** But for the finder of loggers, which Java asks for as soon as anybody wants one. */
    @Test
    void commandsOnFilesLoadNothingOfTheNetwork() throws Exception {
        Path log = directory.resolve("classes");
        ProcessBuilder builder =
                new ProcessBuilder(ROOT.resolve("ggen").toString(), "m", "search", "shop")
                        .directory(directory.toFile());
        builder.environment().put("GGEN_HOME", directory.resolve("home").toString());
        builder.environment().put("GGEN_JAVA_OPTS", "-Xlog:class+load:file=" + log);
        builder.redirectErrorStream(true).redirectOutput(directory.resolve("said").toFile());
        assertThat(builder.start().waitFor()).isZero();
        try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
            assertThat(
                            lines.filter(it -> !it.contains("io.ggen.node.NodeLogs"))
                                    .filter(it -> it.matches(".*io\\.ggen\\.(libp2p|node)\\..*")))
                    .isEmpty();
        }
    }
}

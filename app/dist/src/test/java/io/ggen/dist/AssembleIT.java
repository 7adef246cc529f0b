package io.ggen.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** How the distribution is put together, and what is in it beside the program. */
class AssembleIT {
    private static final Path ROOT = Path.of(System.getProperty("ggen.root", "../.."));
    private static final Path DIST = ROOT.resolve("app/dist/target/ggen");

    @TempDir Path directory;

    private record Ended(int status, String said) {}

    private Process start(List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
    }

    private static Ended end(Process process) throws IOException, InterruptedException {
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), said);
    }

    private Ended run(String... command) throws IOException, InterruptedException {
        return end(start(List.of(command)));
    }

    /**
     * Returns the call that makes a distribution of {@code jars} in a folder of the test. The jars
     * of a distribution are without their native libraries, which are put there before.
     */
    private List<String> assembling(List<Path> jars) throws IOException {
        Path natives = Files.createDirectories(directory.resolve("ggen/native"));
        try (Stream<Path> libraries = Files.list(DIST.resolve("native"))) {
            for (Path library : libraries.toList()) {
                Files.copy(library, natives.resolve(library.getFileName().toString()));
            }
        }
        String java = System.getProperty("java.home") + "/bin/java";
        String path = String.join(":", jars.stream().map(Path::toString).toList());
        return List.of(
                java,
                ROOT.resolve("app/dist/Assemble.java").toString(),
                directory.resolve("ggen").toString(),
                ROOT.resolve("ggen").toString(),
                path);
    }

    private static List<Path> jars() throws IOException {
        List<Path> jars = new ArrayList<>();
        String launch = Files.readString(DIST.resolve("launch"));
        try (Stream<Path> all = Files.list(DIST.resolve("lib"))) {
            all.filter(jar -> launch.contains(jar.getFileName().toString())).forEach(jars::add);
        }
        return jars;
    }

    @Test
    void buildsAtTheSameTimeDoNotDisturbEachOther() throws Exception {
        List<Path> jars = jars();
        Path whole = jars.removeFirst();
        Path growing = directory.resolve(whole.getFileName().toString());
        jars.add(growing);
        byte[] bytes = Files.readAllBytes(whole);
        Files.write(growing, Arrays.copyOf(bytes, bytes.length / 2));
        List<String> call = assembling(jars);
        Process one = start(call);
        Process two = start(call);
        Files.write(growing, bytes);
        assertThat(List.of(end(one), end(two))).extracting(Ended::status).containsExactly(0, 0);
        Ended version = run(directory.resolve("ggen/bin/ggen").toString(), "--version");
        assertThat(version).isEqualTo(new Ended(0, "ggen 0.1.0\n"));
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left.map(file -> file.getFileName().toString()))
                    .noneMatch(name -> name.startsWith("assembling-"));
        }
        try (Stream<Path> caches = Files.list(directory.resolve("ggen/aot"))) {
            assertThat(caches).hasSize(6); // all commands, four frequent ones, the node
        }
    }

    @Test
    void carriesManPagesThatTroffReads() throws Exception {
        Path pages = DIST.resolve("share/man/man1");
        assertThat(pages.resolve("ggen-install.1")).content().contains(".SH EXAMPLES");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/groff")), "groff is not installed");
        try (Stream<Path> all = Files.list(pages)) {
            for (Path page : all.toList()) {
                Ended ended = run("/usr/bin/groff", "-man", "-Tutf8", "-ww", "-z", page.toString());
                assertThat(ended).as(page.toString()).isEqualTo(new Ended(0, ""));
            }
        }
    }

    @Test
    void bashCompletesIdsOfARealRegistry() throws Exception {
        String script =
                """
                export GGEN_HOME="$PWD/home"
                ggen m publish "$1"/examples/packs/*/ > /dev/null 2>&1
                source <(ggen completion bash)
                try() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _ggen; echo "${COMPREPLY[@]}"; }
                try ggen m install sh
                try ggen m add rest
                ggen m install shop-api --global > /dev/null 2>&1
                try ggen m why ""
                try ggen m config get marketplace.reg
                """;
        Path programs = Files.createDirectories(directory.resolve("bin"));
        Files.createSymbolicLink(programs.resolve("ggen"), ROOT.toAbsolutePath().resolve("ggen"));
        ProcessBuilder builder =
                new ProcessBuilder(
                        "bash", "--norc", "-c", script, "x", ROOT.toAbsolutePath().toString());
        builder.directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().merge("PATH", programs + ":", (old, ours) -> ours + old);
        assertThat(end(builder.start()).said())
                .isEqualTo(
                        """
                        shacl-shapes shop-api
                        rest-templates
                        rest-templates shacl-shapes shop-api web-vocabulary
                        marketplace.registry marketplace.registry_path
                        """);
    }
}

package io.ggen.dist;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** The launcher and the distribution as a user meets them. */
class LauncherIT {
    private static final Path ROOT = Path.of(System.getProperty("ggen.root", "../.."));

    @TempDir Path directory;

    private record Result(int status, String out, String err) {}

    private Result run(Path launcher, Map<String, String> variables, String... words)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(words));
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(directory.toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile());
        builder.environment().put("GGEN_HOME", directory.resolve("home").toString());
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.environment().putAll(variables);
        int status = builder.start().waitFor();
        return new Result(status, text(out), text(err));
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }

    @Test
    void startsWhateverJavaIsTheDefault() throws Exception {
        Result result = run(ROOT.resolve("ggen"), Map.of("JAVA_HOME", "/nowhere"), "--version");
        assertThat(result).isEqualTo(new Result(0, "ggen 0.1.0\n", ""));
    }

    @Test
    void startsThroughLinksToItselfAndToItsFolder() throws Exception {
        Path file = Files.createSymbolicLink(directory.resolve("g"), ROOT.resolve("ggen"));
        Path folder = Files.createSymbolicLink(directory.resolve("checkout"), ROOT);
        assertThat(run(file, Map.of(), "--version").out()).isEqualTo("ggen 0.1.0\n");
        assertThat(run(folder.resolve("ggen"), Map.of(), "--version").out())
                .isEqualTo("ggen 0.1.0\n");
    }

    @Test
    void saysWhatIsWrongWithAJdkThatIsNamed() throws Exception {
        Result result =
                run(ROOT.resolve("ggen"), Map.of("GGEN_JAVA_HOME", "/nowhere"), "--version");
        assertThat(result.status()).isEqualTo(69);
        assertThat(result.err()).contains("/nowhere, which is not a JDK 25");
    }

    @Test
    void handsExitStatusAndOutputsOn() throws Exception {
        Result result = run(ROOT.resolve("ggen"), Map.of(), "m", "info", "nothing", "--json");
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out()).startsWith("{\"schema\":\"ggen.error/1\"");
        assertThat(result.err()).isEmpty();
    }

    @Test
    void takesTheCacheThatWasMadeForItsJars() throws Exception {
        Result result =
                run(ROOT.resolve("ggen"), Map.of("GGEN_JAVA_OPTS", "-XX:AOTMode=on"), "m", "list");
        assertThat(result.status()).as(result.out() + result.err()).isZero();
    }

    @Test
    void runsAChangedJarAndNeverTheOldOneFromTheCache() throws Exception {
        Path copy = copy(dist());
        change(jar(copy, "ggen-cli-"));
        assertThat(run(copy.resolve("bin/ggen"), Map.of(), "--version").out())
                .isEqualTo("ggen 9.9.9\n");
    }

    /** Puts another jar in the place of {@code jar}, in which the version is another one. */
    private static void change(Path jar) throws IOException {
        Path changed = jar.resolveSibling("changed");
        try (JarFile in = new JarFile(jar.toFile());
                OutputStream file = Files.newOutputStream(changed);
                JarOutputStream out = new JarOutputStream(file)) {
            for (JarEntry entry : Collections.list(in.entries())) {
                String bytes;
                try (InputStream content = in.getInputStream(entry)) {
                    bytes = new String(content.readAllBytes(), StandardCharsets.ISO_8859_1);
                }
                out.putNextEntry(new JarEntry(entry.getName()));
                String version = bytes.replace("ggen 0.1.0", "ggen 9.9.9");
                out.write(version.getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        Files.move(changed, jar, StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    void dropsACacheThatIsOlderThanAJar() throws Exception {
        Path copy = copy(dist());
        Path jar = jar(copy, "ggen-cli-");
        Files.setLastModifiedTime(jar, FileTime.fromMillis(System.currentTimeMillis() + 60_000));
        Result strict =
                run(
                        copy.resolve("bin/ggen"),
                        Map.of("GGEN_JAVA_OPTS", "-XX:AOTMode=on"),
                        "--version");
        assertThat(strict.status()).isNotZero();
        assertThat(run(copy.resolve("bin/ggen"), Map.of(), "--version").out())
                .isEqualTo("ggen 0.1.0\n");
    }

    /** Each class that the JVM makes at run time costs a start milliseconds (docs/adr/0014). */
    @Test
    void frequentCommandsMakeNoClassesAtRunTime() throws Exception {
        Path packs = dist().resolve("examples/packs");
        List<Path> names;
        try (Stream<Path> folders = Files.list(packs)) {
            names = folders.sorted().toList();
        }
        var all = new ArrayList<>(List.of("publish"));
        names.forEach(it -> all.add(it.toString()));
        Path project = Files.createDirectory(directory.resolve("pack"));
        Files.writeString(
                project.resolve("package.toml"),
                "[package]\nname = \"one-more\"\nversion = \"1.0.0\"\nlicense = \"MIT\"\n");
        assertThat(run(ROOT.resolve("ggen"), Map.of(), all.toArray(String[]::new)).status())
                .isZero();
        assertThat(made("publish", project.toString())).isEmpty();
        assertThat(run(ROOT.resolve("ggen"), Map.of(), "search", "shop").status()).isZero();
        assertThat(made("search", "shop")).isEmpty();
        assertThat(made("install", "shop-api")).isEmpty();
    }

    private List<String> made(String... words) throws Exception {
        Path log = directory.resolve("classes");
        String options = "-Xlog:class+load:file=" + log;
        Result result = run(ROOT.resolve("ggen"), Map.of("GGEN_JAVA_OPTS", options), words);
        assertThat(result.status()).as(result.out() + result.err()).isZero();
        try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
            return lines.filter(it -> it.contains("LambdaForm$") || it.contains("$$TypeSwitch"))
                    .filter(it -> !it.contains("shared objects file"))
                    .toList();
        }
    }

    @Test
    void doesTheMainJobAndLeavesNothing() throws Exception {
        Result result = run(ROOT.resolve("ggen"), Map.of(), "quickstart");
        assertThat(result.status()).as(result.out() + result.err()).isZero();
        assertThat(result.out()).contains("ok            shop-api 0.3.0");
        assertThat(directory.resolve("home")).doesNotExist();
    }

    private static Path dist() {
        return ROOT.resolve("app/dist/target/ggen");
    }

    /** Returns the jar that the launch file names: one of a build before may lie beside it. */
    private static Path jar(Path dist, String prefix) throws IOException {
        String launch = text(dist.resolve("launch"));
        try (Stream<Path> jars = Files.list(dist.resolve("lib"))) {
            return jars.filter(jar -> jar.getFileName().toString().startsWith(prefix))
                    .filter(jar -> launch.contains(jar.getFileName().toString()))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private Path copy(Path from) throws IOException {
        Path to = directory.resolve("copy");
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Files.copy(
                        path,
                        to.resolve(from.relativize(path).toString()),
                        StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        return to;
    }
}

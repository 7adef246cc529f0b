import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * Assembles the distribution: jars whose names carry their hash, native libraries beside them, and
 * an AOT cache that belongs to exactly these jars and this JDK. Arguments: the folder to make, the
 * launcher script, the class path.
 *
 * <p>The JVM does not notice that a jar below its cache has changed. So the cache carries the hash
 * of all jars in its name and the launcher drops one that is older than a jar.
 */
public final class Assemble {
    private static final String DIST = "$dist/lib/";

    private final Path target;
    private final List<Path> jars = new ArrayList<>();

    private Assemble(Path target) {
        this.target = target;
    }

    public static void main(String[] arguments) throws Exception {
        Path target = Path.of(arguments[0]);
        new Assemble(target).run(Path.of(arguments[1]), arguments[2].split(":"));
    }

    private void run(Path launcher, String[] classPath) throws Exception {
        Path launch = target.resolve("launch");
        Files.deleteIfExists(launch);
        clear(target.resolve("lib"));
        clear(target.resolve("native"));
        for (String entry : classPath) {
            if (entry.endsWith(".jar")) {
                add(Path.of(entry));
            }
        }
        Files.writeString(
                target.resolve("logging.properties"),
                "handlers=\norg.apache.lucene.level=SEVERE\n");
        Files.createDirectories(target.resolve("bin"));
        Files.copy(
                launcher,
                target.resolve("bin/ggen"),
                StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.COPY_ATTRIBUTES);
        copyTree(launcher.resolveSibling("examples"), target.resolve("examples"));
        String cache = cacheName();
        clear(target.resolve("aot"));
        Path home = Files.createTempDirectory("ggen-training-");
        train(target.resolve("aot").resolve(cache), home, "all");
        train(target.resolve("aot").resolve("quick-" + cache), home, "quick");
        train(target.resolve("aot").resolve("search-" + cache), home, "search");
        clear(home);
        Files.delete(home);
        Files.writeString(target.resolve("jdk"), System.getProperty("java.home") + "\n");
        Files.writeString(launch, "path=" + shellPath() + "\naot=" + cache + "\n");
    }

    private static void clear(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
        Files.createDirectories(folder);
    }

    private static void copyTree(Path from, Path to) throws IOException {
        clear(to);
        try (Stream<Path> all = Files.walk(from)) {
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

    /** Copies a jar; where it carries native libraries, they go beside it instead. */
    private void add(Path jar) throws IOException {
        String name = jar.getFileName().toString();
        Path copy = target.resolve("lib").resolve(name);
        if (name.startsWith("sqlite-jdbc")) {
            withoutNatives(jar, copy, "org/sqlite/native/");
        } else if (name.startsWith("conscrypt-openjdk-uber")) {
            withoutNatives(jar, copy, "META-INF/native/");
        } else {
            Files.copy(jar, copy);
        }
        Path named =
                copy.resolveSibling(
                        name.substring(0, name.length() - 4)
                                + "-"
                                + hash(copy).substring(0, 12)
                                + ".jar");
        Files.move(copy, named);
        jars.add(named);
    }

    private void withoutNatives(Path jar, Path copy, String natives) throws IOException {
        try (JarFile in = new JarFile(jar.toFile());
                OutputStream file = Files.newOutputStream(copy);
                JarOutputStream out = new JarOutputStream(file)) {
            for (JarEntry entry : Collections.list(in.entries())) {
                try (InputStream bytes = in.getInputStream(entry)) {
                    if (!entry.getName().startsWith(natives)) {
                        JarEntry kept = new JarEntry(entry.getName());
                        kept.setTimeLocal(entry.getTimeLocal());
                        out.putNextEntry(kept);
                        bytes.transferTo(out);
                    } else if (!entry.isDirectory() && isOurs(entry.getName())) {
                        Path name = Path.of(entry.getName()).getFileName();
                        Files.copy(bytes, target.resolve("native").resolve(name));
                    }
                }
            }
        }
    }

    /** Whether the native library is one for this operating system and processor. */
    private static boolean isOurs(String name) {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String processor = System.getProperty("os.arch").equals("amd64") ? "x86_64" : "aarch64";
        String system =
                os.startsWith("mac") ? "mac" : os.startsWith("windows") ? "windows" : "linux";
        String lower = name.toLowerCase(Locale.ROOT).replace("osx", "mac");
        return lower.contains(system)
                && lower.contains(processor)
                && !lower.contains("musl")
                && !lower.contains("android");
    }

    private String cacheName() throws IOException {
        StringBuilder names = new StringBuilder(System.getProperty("java.vm.version"));
        for (Path jar : jars) {
            names.append('\n').append(jar.getFileName());
        }
        return hash(names.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        .substring(0, 32)
                + ".aot";
    }

    private String shellPath() {
        StringBuilder path = new StringBuilder("\"");
        for (Path jar : jars) {
            path.append(path.length() > 1 ? ":" : "").append(DIST).append(jar.getFileName());
        }
        return path.append('"').toString();
    }

    /**
     * Runs commands once, so that the cache holds their classes. The JVM links all classes of its
     * cache at each start: those that must answer at once have a small one of their own.
     */
    private void train(Path cache, Path home, String part)
            throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                System.getProperty("java.home") + "/bin/java",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-Xlog:disable",
                                "-XX:AOTCacheOutput=" + cache,
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-Dorg.sqlite.lib.path=" + target.resolve("native"),
                                "-Djava.library.path=" + target.resolve("native"),
                                "-Djava.util.logging.config.file="
                                        + target.resolve("logging.properties"),
                                "-cp",
                                String.join(":", jars.stream().map(Path::toString).toList()),
                                "io.ggen.cli.Rehearsal",
                                home.toString(),
                                part));
        Path log = target.resolve("training.log");
        int status =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start()
                        .waitFor();
        if (status != 0 || !Files.exists(cache)) {
            throw new IOException(
                    "the training run failed, see " + log + ":\n" + Files.readString(log));
        }
    }

    private static String hash(Path file) throws IOException {
        return hash(Files.readAllBytes(file));
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

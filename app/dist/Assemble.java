import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/**
 * Assembles the distribution: jars whose names carry their hash, native libraries beside them, man
 * pages and completion scripts, and AOT caches that belong to exactly these jars and this JDK.
 * Arguments: the folder to make, the launcher script, the class path.
 *
 * <p>The JVM does not notice that a jar below its cache has changed. So the cache carries the hash
 * of all jars in its name and the launcher drops one that is older than a jar.
 *
 * <p>Builds of one checkout may run at the same time, and programs of it: one assembles, the others
 * wait; everything is made in a folder of its own and put in place whole; what the launch file
 * named before stays for those that have just read it.
 */
public final class Assemble {
    private static final String DIST = "$dist/lib/";
    private static final String SIGNATURE = "META-INF/[^/]+\\.(SF|RSA|DSA|EC)";
    private static final int ATTEMPTS = 100;
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final String REGISTRIES =
            "META-INF/services/io.ggen.marketplace.core.RegistryProvider";
    private static final String NETWORKS =
            "META-INF/services/io.ggen.marketplace.core.network.NetworkProvider";
    private static final List<String> PARTS =
            List.of("", "quick-", "search-", "publish-", "install-");

    /** With its classes a start takes longer: it has the network's, which files do not need. */
    private static final String NODE_PART = "node-";

    private static final List<String> FLAGS =
            List.of(
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-XX:CompileThresholdScaling=4",
                    "-Djava.locale.providers=FALLBACK",
                    "-Djdk.reflect.useNativeAccessorOnly=true",
                    "-Xlog:disable",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow");

    private final Path target;
    private final Path staging;
    private final List<Path> jars = new ArrayList<>();
    private String registries = "";
    private String networks = "";

    private Assemble(Path target, Path staging) {
        this.target = target;
        this.staging = staging;
    }

    public static void main(String[] arguments) throws Exception {
        Path target = Path.of(arguments[0]);
        Files.createDirectories(target);
        Path lock = target.resolveSibling(target.getFileName() + ".lock");
        try (FileChannel channel =
                        FileChannel.open(
                                lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock alone = alone(channel)) {
            Path staging = Files.createTempDirectory(target.getParent(), "assembling-");
            try {
                new Assemble(target, staging).run(Path.of(arguments[1]), arguments[2].split(":"));
            } finally {
                remove(staging);
            }
        }
    }

    private static FileLock alone(FileChannel channel) throws IOException {
        FileLock lock = channel.tryLock();
        if (lock == null) {
            System.err.println("waiting for another build of this checkout");
            lock = channel.lock();
        }
        return lock;
    }

    private void run(Path launcher, String[] classPath) throws Exception {
        Files.createDirectories(target.resolve("lib"));
        Files.createDirectories(target.resolve("native"));
        Files.createDirectories(target.resolve("aot"));
        for (String entry : classPath) {
            if (entry.endsWith(".jar")) {
                add(Path.of(entry));
            }
        }
        addServices();
        Path logging = staging.resolve("logging.properties");
        Files.writeString(logging, "handlers=\norg.apache.lucene.level=SEVERE\n");
        place(logging, target.resolve("logging.properties"));
        copy(launcher, target.resolve("bin/ggen"));
        copyTree(launcher.resolveSibling("examples"), target.resolve("examples"));
        pages();
        String cache = cacheName();
        if (!isTrained(cache)) {
            trainAll(cache);
        }
        launch(cache);
    }

    /** Writes the launch file, by which all that was made becomes the program. */
    private void launch(String cache) throws IOException {
        Path launch = target.resolve("launch");
        String before = Files.exists(launch) ? Files.readString(launch) : "";
        write("jdk", System.getProperty("java.home") + "\n");
        write(
                "launch",
                "path=%s\naot=%s\nregistries=%s\nnetworks=%s\n"
                        .formatted(shellPath(), cache, registries, networks));
        String named = before + shellPath();
        sweep(target.resolve("lib"), file -> named.contains(file));
        sweep(target.resolve("aot"), file -> file.endsWith(cache));
    }

    private void write(String name, String text) throws IOException {
        Path file = staging.resolve(name);
        Files.writeString(file, text);
        place(file, target.resolve(name));
    }

    /** Man pages and completion scripts, made by the program itself. */
    private void pages() throws IOException, InterruptedException {
        Path share = Files.createDirectories(staging.resolve("share"));
        run(
                "pages",
                List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                List.of("io.ggen.cli.Manual", share.toString()));
        placeTree(share, target.resolve("share"));
    }

    private boolean isTrained(String cache) {
        for (String part : parts()) {
            if (!Files.exists(target.resolve("aot").resolve(part + cache))) {
                return false;
            }
        }
        return true;
    }

    private List<String> parts() {
        List<String> parts = new ArrayList<>(PARTS);
        if (!networks.isEmpty()) {
            parts.add(NODE_PART);
        }
        return parts;
    }

    private void trainAll(String cache) throws IOException, InterruptedException {
        Path home = Files.createDirectory(staging.resolve("home"));
        for (String part : parts()) {
            train(part + cache, home, part.isEmpty() ? "all" : part.replace("-", ""));
        }
    }

    private static void place(Path made, Path where) throws IOException {
        Files.move(
                made, where, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Puts a folder in place of another: there is one of them but for a moment. */
    private void placeTree(Path made, Path where) throws IOException {
        Path old = staging.resolve("old-" + where.getFileName());
        if (Files.exists(where)) {
            Files.move(where, old);
        }
        Files.move(made, where);
    }

    private void copy(Path from, Path to) throws IOException {
        Path made = staging.resolve(to.getFileName().toString());
        Files.copy(from, made, StandardCopyOption.COPY_ATTRIBUTES);
        Files.createDirectories(to.getParent());
        place(made, to);
    }

    private static void sweep(Path folder, Predicate<String> keeps) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file : all.toList()) {
                if (!keeps.test(file.getFileName().toString())) {
                    Files.delete(file);
                }
            }
        }
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private void copyTree(Path from, Path to) throws IOException {
        Path made = staging.resolve("tree");
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Path copy = made.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(path, copy);
                }
            }
        }
        placeTree(made, to);
    }

    /** Copies a jar; where it carries native libraries, they go beside it instead. */
    private void add(Path jar) throws IOException {
        String name = jar.getFileName().toString();
        Path whole = staging.resolve("whole.jar");
        copyWhole(jar, whole);
        Path copy = staging.resolve(name);
        if (name.startsWith("sqlite-jdbc")) {
            withoutNatives(whole, copy, "org/sqlite/native/");
        } else if (name.startsWith("conscrypt-openjdk-uber")) {
            withoutNatives(whole, copy, "META-INF/native/");
        } else if (isSigned(whole)) {
            unsigned(whole, copy);
        } else {
            Files.move(whole, copy);
        }
        jars.add(placeJar(copy));
    }

    /** Puts a jar into lib, with its hash in its name. */
    private Path placeJar(Path jar) throws IOException {
        String name = jar.getFileName().toString();
        String hashed =
                name.substring(0, name.length() - 4) + "-" + hash(jar).substring(0, 12) + ".jar";
        Path named = target.resolve("lib").resolve(hashed);
        if (!Files.exists(named)) {
            place(jar, named);
        }
        return named;
    }

    /**
     * Makes a jar of what the program's own jars provide as services, first on the class path: a
     * search for one ends there, where it would open and index big jars otherwise. The registries
     * and networks among them are handed over by name.
     */
    private void addServices() throws IOException {
        Map<String, String> services = new TreeMap<>();
        for (Path jar : jars) {
            try (JarFile in = new JarFile(jar.toFile())) {
                for (JarEntry entry : Collections.list(in.entries())) {
                    if (entry.getName().startsWith("META-INF/services/io.ggen.")) {
                        try (InputStream bytes = in.getInputStream(entry)) {
                            String names = new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
                            services.merge(entry.getName(), names, String::concat);
                        }
                    }
                }
            }
        }
        Path jar = staging.resolve("services.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            for (Map.Entry<String, String> service : services.entrySet()) {
                JarEntry entry = new JarEntry(service.getKey());
                entry.setTimeLocal(LocalDateTime.of(2026, 1, 1, 0, 0));
                out.putNextEntry(entry);
                out.write(service.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        jars.addFirst(placeJar(jar));
        registries = named(services, REGISTRIES);
        networks = named(services, NETWORKS);
    }

    private static String named(Map<String, String> services, String service) {
        return services.getOrDefault(service, "").strip().replace('\n', ',');
    }

    /** Copies a jar that another build may be writing: until it is whole and did not change. */
    private static void copyWhole(Path jar, Path copy) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                FileTime before = Files.getLastModifiedTime(jar);
                Files.copy(jar, copy, StandardCopyOption.REPLACE_EXISTING);
                try (JarFile readable = new JarFile(copy.toFile())) {
                    if (readable.size() > 0 && Files.getLastModifiedTime(jar).equals(before)) {
                        return;
                    }
                }
            } catch (IOException e) {
                if (attempt >= ATTEMPTS) {
                    throw e;
                }
            }
            if (attempt >= ATTEMPTS) {
                throw new IOException(jar + " changes all the time");
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
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
                        Path library = staging.resolve(name.toString());
                        Files.copy(bytes, library);
                        place(library, target.resolve("native").resolve(name));
                    }
                }
            }
        }
    }

    private static boolean isSigned(Path jar) throws IOException {
        try (JarFile in = new JarFile(jar.toFile())) {
            return in.stream().anyMatch(entry -> entry.getName().matches(SIGNATURE));
        }
    }

    /**
     * Copies a signed jar, which is checked here, without its signatures: checking them in each
     * process took a tenth of a second, and no cache holds classes of a signed jar.
     */
    private static void unsigned(Path jar, Path copy) throws IOException {
        try (JarFile in = new JarFile(jar.toFile(), true);
                OutputStream file = Files.newOutputStream(copy);
                JarOutputStream out = new JarOutputStream(file)) {
            for (JarEntry entry : Collections.list(in.entries())) {
                if (!entry.getName().matches(SIGNATURE)) {
                    JarEntry kept = new JarEntry(entry.getName());
                    kept.setTimeLocal(entry.getTimeLocal());
                    out.putNextEntry(kept);
                    if (entry.getName().equals(JarFile.MANIFEST_NAME)) {
                        var manifest = new Manifest();
                        manifest.getMainAttributes().putAll(in.getManifest().getMainAttributes());
                        manifest.write(out);
                    } else {
                        in.getInputStream(entry).transferTo(out);
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
        names.append(FLAGS).append(target.toAbsolutePath());
        for (Path jar : jars) {
            names.append('\n').append(jar.getFileName());
        }
        return hash(names.toString().getBytes(StandardCharsets.UTF_8)).substring(0, 32) + ".aot";
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
    private void train(String name, Path home, String part)
            throws IOException, InterruptedException {
        Path cache = staging.resolve(name);
        List<String> flags = new ArrayList<>(FLAGS);
        flags.add("-XX:AOTCacheOutput=" + cache);
        flags.add("-Dorg.sqlite.lib.path=" + target.resolve("native"));
        flags.add("-Dggen.registries=" + registries);
        flags.add("-Dggen.networks=" + networks);
        flags.add("-Djava.library.path=" + target.resolve("native"));
        flags.add("-Djava.util.logging.config.file=" + target.resolve("logging.properties"));
        run("training-" + part, flags, List.of("io.ggen.cli.Rehearsal", home.toString(), part));
        if (!Files.exists(cache)) {
            throw new IOException("the training run of " + part + " left no cache");
        }
        place(cache, target.resolve("aot").resolve(name));
    }

    /** Runs a class of the program that is being made. */
    private void run(String what, List<String> flags, List<String> call)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + "/bin/java");
        command.addAll(flags);
        command.add("-cp");
        command.add(String.join(":", jars.stream().map(Path::toString).toList()));
        command.addAll(call);
        Path log = target.resolveSibling(what + ".log");
        int status =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start()
                        .waitFor();
        if (status != 0) {
            throw new IOException(what + " failed, see " + log + ":\n" + Files.readString(log));
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

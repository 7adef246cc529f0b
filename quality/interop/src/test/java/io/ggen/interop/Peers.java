package io.ggen.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The peer programs, and those of their processes that a test class has started. */
final class Peers implements AutoCloseable {
    private static final boolean ALL_DEMANDED = "true".equals(System.getenv("CI"));
    private static final Path FOLDER = Path.of("peers").toAbsolutePath();

    /** What takes minutes to build runs only where the tests of this module alone are run. */
    private static final Set<String> SLOW_TO_BUILD = Set.of("rust");

    private static final boolean SLOW_TOO = Boolean.getBoolean("interop.slow");

    /**
     * Options and their values that those that are here cannot do: js-libp2p has no peer ids of
     * ECDSA keys, neither its own nor others'; rust-libp2p has no Bitswap and makes no RSA keys.
     */
    private static final Map<String, Set<String>> NOT_OFFERED =
            Map.of("js", Set.of("ecdsa"), "rust", Set.of("--blocks", "rsa"));

    private static List<Path> present = List.of();

    private final List<AutoCloseable> opened = new ArrayList<>();

    /** Our own, behind the same command line as the others. */
    static Path ours() {
        return Path.of("peer").toAbsolutePath();
    }

    static String name(Path program) {
        return program.equals(ours())
                ? "ggen"
                : program.getName(program.getNameCount() - 2).toString();
    }

    /**
     * Returns the programs that run on this machine, ours first. The first call builds what is not
     * built yet, and says which are missing; where all are demanded, that is a failure.
     */
    static synchronized List<Path> present() throws IOException, InterruptedException {
        if (present.isEmpty()) {
            present = find();
        }
        return present;
    }

    private static List<Path> find() throws IOException, InterruptedException {
        Map<Path, PeerProcess> started = new LinkedHashMap<>();
        for (Path program : programs()) {
            started.put(program, PeerProcess.start(program));
        }
        List<String> missing = new ArrayList<>();
        List<Path> found = new ArrayList<>();
        for (Map.Entry<Path, PeerProcess> entry : started.entrySet()) {
            try (PeerProcess peer = entry.getValue()) {
                peer.address();
                found.add(entry.getKey());
            } catch (PeerProcess.Unavailable e) {
                missing.add(name(entry.getKey()));
            }
        }
        if (!missing.isEmpty()) {
            System.out.println("interop: left out, not on this machine: " + missing);
        }
        assertThat(ALL_DEMANDED ? missing : List.of()).isEmpty();
        return List.copyOf(found);
    }

    /**
     * Returns those of {@link #present} that take {@code options}: a program that is named in the
     * environment may know fewer than those that are here.
     */
    static List<Path> taking(String... options) throws IOException, InterruptedException {
        return present().stream().filter(program -> takes(program, options)).toList();
    }

    /**
     * Returns whether {@code program} starts with {@code options}; those that are here must, where
     * nothing else is known of them.
     */
    static boolean takes(Path program, String... options) {
        if (program.equals(ours()) || program.startsWith(FOLDER)) {
            Set<String> missing = NOT_OFFERED.getOrDefault(name(program), Set.of());
            return Stream.of(options).noneMatch(missing::contains);
        }
        try (PeerProcess peer = PeerProcess.start(program, options)) {
            return !peer.address().isEmpty();
        } catch (PeerProcess.Refused | PeerProcess.Unavailable e) {
            return false;
        }
    }

    /** Ours first, then those in the folder of peers, then those named in the environment. */
    private static List<Path> programs() throws IOException {
        List<Path> programs = new ArrayList<>(List.of(ours()));
        try (Stream<Path> folders = Files.list(FOLDER)) {
            folders.map(folder -> folder.resolve("peer"))
                    .filter(Files::isExecutable)
                    .filter(program -> SLOW_TOO || !SLOW_TO_BUILD.contains(name(program)))
                    .sorted()
                    .forEach(programs::add);
        }
        for (String named :
                System.getenv().getOrDefault("GGEN_PEERS", "").split(File.pathSeparator, -1)) {
            if (!named.isBlank()) {
                programs.add(Path.of(named).toAbsolutePath());
            }
        }
        return programs;
    }

    /** Begins to start {@code program}; it runs until this is closed. */
    PeerProcess start(Path program, String... options) {
        return opened(PeerProcess.start(program, options));
    }

    /** Closes {@code resource} with the processes. */
    <T extends AutoCloseable> T opened(T resource) {
        opened.add(resource);
        return resource;
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
    }
}

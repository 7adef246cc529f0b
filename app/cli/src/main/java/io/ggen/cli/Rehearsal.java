package io.ggen.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs the commands that matter once, in a home of its own: the build records which classes they
 * load and keeps them ready for every later start.
 */
public final class Rehearsal {
    private static final int MANY = 24;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PACE = Duration.ofMillis(20);

    private final Path folder;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    private Rehearsal(Path folder) {
        this.folder = folder;
    }

    /**
     * Rehearses in the folder given as the first word. The second names the part: {@code all}
     * commands; or, in the home that all have left and in this order, {@code quick}, those that
     * must answer at once, {@code search}, {@code publish}, {@code install}; or {@code node}, the
     * life of a node and what is asked of it.
     */
    public static void main(String[] words) throws IOException {
        Rehearsal rehearsal = new Rehearsal(Path.of(words[0]));
        switch (words[1]) {
            case "quick" -> rehearsal.playQuick();
            case "search" -> rehearsal.playSearch();
            case "publish" -> rehearsal.playPublish();
            case "install" -> rehearsal.playInstall();
            case "node" -> rehearsal.playNode();
            default -> rehearsal.playAll();
        }
    }

    private void playSearch() {
        run(folder, "m", "search", "one rehearsl");
        run(folder, "m", "search", "two", "--json");
        run(folder, "m", "search", "");
    }

    private void playPublish() throws IOException {
        run(folder, "m", "publish", pack("three", "").toString());
        run(folder, "m", "publish", pack("thrice", "").toString(), "--json");
        for (int i = 0; i < MANY; i++) {
            run(folder, "m", "publish", pack("of-many-" + i, "").toString());
        }
    }

    /** Enough packages at once for what is done only where there are many. */
    private void playInstall() throws IOException {
        Path project = Files.createDirectories(folder.resolve("another"));
        var manifest = new StringBuilder("[project]\nname = \"another\"\n[dependencies]\n");
        for (int i = 0; i < MANY; i++) {
            manifest.append("of-many-").append(i).append(" = \"^1.0.0\"\n");
        }
        Files.writeString(project.resolve("ggen.toml"), manifest + "two = \"^1.0.0\"\n");
        Path store = folder.resolve(".ggen/store");
        Files.move(store, folder.resolve("store-before"));
        run(project, "m", "install");
        Path cached = Files.createDirectories(folder.resolve("cached"));
        Files.copy(project.resolve("ggen.toml"), cached.resolve("ggen.toml"));
        Files.copy(project.resolve("ggen.lock"), cached.resolve("ggen.lock"));
        run(cached, "m", "install", "--json");
        run(cached, "m", "install", "one");
        run(folder, "m", "install", "of-many-1"); // a first use, its name held against others
    }

    private void playQuick() {
        Path project = folder.resolve("project");
        run(folder, "--version");
        run(folder, "m", "search", "--help");
        run(project, "m", "install");
        run(project, "m", "list");
        run(project, "m", "config", "get", "cache_capacity");
        run(folder, "m", "serch");
    }

    private void playAll() throws IOException {
        Path one = pack("one", "");
        Path two =
                pack(
                        "two",
                        "[dependencies]\none = { version = \"^1.0.0\", publisher = \"self\" }\n");
        Path project = Files.createDirectories(folder.resolve("project"));
        run(folder, "--version");
        run(folder, "m", "publish", one.toString(), two.toString());
        run(folder, "m", "publish", one.toString());
        run(folder, "m", "search", "one rehearsl");
        run(folder, "m", "search", "two", "--json");
        run(folder, "m", "info", "two");
        run(project, "m", "init", "demo");
        run(project, "m", "install", "two");
        run(project, "m", "install");
        run(project, "m", "install", "--json");
        run(project, "m", "list");
        run(project, "m", "verify");
        run(folder, "m", "install", "one");
        run(folder, "m", "install");
        run(folder, "m", "serch");
        run(folder, "m", "search", "--help");
        run(folder, "m", "config", "set", "cache_capacity", "100");
        run(folder, "m", "config", "get", "cache_capacity");
    }

    /** A node on loopback that finds nobody, in a thread beside the commands that ask it. */
    private void playNode() throws IOException {
        Path pack = pack("four", "");
        String listen = "/ip4/127.0.0.1/tcp/0";
        Thread node =
                Thread.ofPlatform()
                        .start(() ->
                                run(folder, "m", "p2p", "start", "--no-mdns", "--listen", listen));
        Path api = folder.resolve(".ggen/p2p/api");
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.exists(api) && node.isAlive() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(PACE.toNanos());
        }
        run(folder, "m", "p2p", "status");
        run(folder, "m", "p2p", "publish", pack.toString());
        run(folder, "m", "p2p", "search", "four", "--json");
        run(folder, "m", "p2p", "peer-list");
        run(folder, "m", "search", "four");
        run(folder, "m", "install", "four", "--force");
        run(folder, "m", "p2p", "stop");
    }

    private Path pack(String name, String dependencies) throws IOException {
        Path pack = Files.createDirectories(folder.resolve("packs").resolve(name));
        String manifest =
                """
                [package]
                name = "%s"
                version = "1.0.0"
                description = "rehearsal"
                license = "MIT"
                categories = ["one"]
                tags = ["two"]
                """
                        .formatted(name);
        Files.writeString(pack.resolve("package.toml"), manifest + dependencies);
        // words that look like secrets at first: what tells them apart is rehearsed, too
        String text = "# %s\n- a list: `sk_`, aws_secret_access_key, -----BEGIN\n".formatted(name);
        Files.writeString(pack.resolve("README.md"), text);
        return pack;
    }

    private void run(Path directory, String... line) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Surroundings around =
                new Surroundings(
                        Map.of("HOME", folder.toString()),
                        directory,
                        new Surroundings.Streams(InputStream.nullInputStream(), out, said),
                        Surroundings.Terminal.none(),
                        InstantSource.system());
        int status = Main.run(List.of(line), around);
        if (status >= 65) {
            throw new IllegalStateException(String.join(" ", line) + ": " + status + "\n" + said);
        }
    }
}

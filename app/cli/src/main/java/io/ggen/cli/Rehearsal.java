package io.ggen.cli;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/**
 * Runs the commands that matter once, in a home of its own: the build records which classes they
 * load and keeps them ready for every later start.
 */
public final class Rehearsal {
    private final Path home;

    private Rehearsal(Path home) {
        this.home = home;
    }

    /** Rehearses in the folder given as the only word. */
    public static void main(String[] words) {
        new Rehearsal(Path.of(words[0])).play();
    }

    private void play() {
        run("--version");
        run("m", "search", "--help");
        run("m", "config", "set", "cache_capacity", "100");
        run("m", "config", "get", "cache_capacity", "--json");
        run("m", "nothing");
    }

    private void run(String... line) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Surroundings around =
                new Surroundings(
                        Map.of("HOME", home.toString()),
                        home,
                        new Surroundings.Streams(InputStream.nullInputStream(), out, out),
                        Surroundings.Terminal.none(),
                        InstantSource.system());
        Main.run(List.of(line), around);
    }
}

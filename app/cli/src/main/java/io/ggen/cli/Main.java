package io.ggen.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/** The way in from the process. */
public final class Main {
    private Main() {}

    /**
     * Runs one command line and ends the process with its exit status.
     *
     * <p>It halts: {@link System#exit} looks for a logger first, which costs as much as all the
     * rest of a short command. All streams are unbuffered and all parts closed by then.
     */
    public static void main(String[] words) {
        boolean version =
                words.length == 1 && (words[0].equals("--version") || words[0].equals("-V"));
        int status = version ? printVersion() : run(List.of(words), ofProcess());
        Runtime.getRuntime().halt(status);
    }

    /** Runs one command line within {@code around} and returns its exit status. */
    static int run(List<String> words, Surroundings around) {
        return new CommandLine(around).run(words);
    }

    /** The question that must be answered first and fastest: nothing else is loaded for it. */
    private static int printVersion() {
        try {
            byte[] text = ("ggen " + Version.TEXT + "\n").getBytes(StandardCharsets.UTF_8);
            new FileOutputStream(FileDescriptor.out).write(text);
            return 0;
        } catch (IOException e) {
            return new OutputFailed(e).status();
        }
    }

    private static Surroundings ofProcess() {
        return new Surroundings(
                System.getenv(),
                Path.of("").toAbsolutePath(),
                new Surroundings.Streams(
                        new FileInputStream(FileDescriptor.in),
                        new FileOutputStream(FileDescriptor.out),
                        new FileOutputStream(FileDescriptor.err)),
                Surroundings.Terminal.of(System.getProperty("ggen.terminal", "")),
                InstantSource.system());
    }
}

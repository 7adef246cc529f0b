package io.ggen.cli;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * All that the command line takes from its process; a test makes its own.
 *
 * @param variables the environment
 * @param directory where the program was called
 * @param streams input, output and error
 * @param terminal which of the streams are a terminal
 */
record Surroundings(
        Map<String, String> variables,
        Path directory,
        Streams streams,
        Terminal terminal,
        InstantSource clock) {
    /** The three streams of a process. */
    record Streams(InputStream in, OutputStream out, OutputStream err) {}

    /** Which of the three streams are a terminal. */
    record Terminal(boolean in, boolean out, boolean err) {
        /** Returns a terminal of nothing. */
        static Terminal none() {
            return new Terminal(false, false, false);
        }

        /** Reads the digits that the launcher passes: {@code 012} when all are. */
        static Terminal of(String digits) {
            return new Terminal(
                    digits.indexOf('0') >= 0, digits.indexOf('1') >= 0, digits.indexOf('2') >= 0);
        }
    }

    /** Returns the variable when it is set and not empty. */
    Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isEmpty());
    }

    /** Returns {@code text} as a path seen from the working directory, {@code ~/} resolved. */
    Path path(String text) {
        if (text.equals("~") || text.startsWith("~/")) {
            return userHome().resolve(text.substring(Math.min(2, text.length()))).normalize();
        }
        return directory.resolve(text).normalize();
    }

    private Path userHome() {
        return Path.of(variable("HOME").orElseGet(() -> System.getProperty("user.home", ".")));
    }

    /** Returns the ggen home that the environment names. */
    Path home() {
        return path(variable("GGEN_HOME").orElse("~/.ggen"));
    }
}

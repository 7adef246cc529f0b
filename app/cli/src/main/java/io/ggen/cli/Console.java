package io.ggen.cli;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;

/**
 * Where the program speaks: data to standard output, everything else to standard error. What is
 * said in one call is written in one piece.
 */
final class Console {
    private final Surroundings around;
    private final Manner manner;

    /**
     * How to speak.
     *
     * @param quiet errors alone
     * @param verbosity how often {@code -v} was given
     * @param json standard output carries one JSON object
     * @param colour whether colours were asked for or forbidden on the command line
     */
    record Manner(boolean quiet, int verbosity, boolean json, Colour colour) {}

    /** When to show colours. */
    enum Colour {
        /** On a terminal, unless a variable says otherwise. */
        AUTO,
        ALWAYS,
        NEVER;

        /** Reads {@code auto}, {@code always} or {@code never}; anything else is auto. */
        static Colour of(String word) {
            return word.equals("always") ? ALWAYS : word.equals("never") ? NEVER : AUTO;
        }
    }

    Console(Surroundings around, Manner manner) {
        this.around = around;
        this.manner = manner;
    }

    /** Returns a text for standard output. */
    Text text() {
        return new Text(colourful(around.terminal().out()));
    }

    /** Returns a text for standard error. */
    Text remark() {
        return new Text(colourful(around.terminal().err()));
    }

    private boolean colourful(boolean terminal) {
        return switch (manner.colour()) {
            case ALWAYS -> true;
            case NEVER -> false;
            case AUTO -> around.variable("NO_COLOR").isEmpty() && isAsked(terminal);
        };
    }

    private boolean isAsked(boolean terminal) {
        Optional<String> force =
                around.variable("FORCE_COLOR").or(() -> around.variable("CLICOLOR_FORCE"));
        return force.map(value -> !value.equals("0"))
                .orElse(
                        terminal
                                && !"0".equals(around.variables().get("CLICOLOR"))
                                && !"dumb".equals(around.variables().get("TERM")));
    }

    /** Returns how many columns a line of progress may take. */
    int width() {
        try {
            return Math.max(20, Integer.parseInt(around.variable("COLUMNS").orElse("80")));
        } catch (NumberFormatException e) {
            return 80;
        }
    }

    boolean json() {
        return manner.json();
    }

    boolean quiet() {
        return manner.quiet();
    }

    int verbosity() {
        return manner.verbosity();
    }

    Surroundings.Terminal terminal() {
        return around.terminal();
    }

    /** Prints data for people; nothing with {@code --json} or {@code -q}. */
    void print(Text text) {
        if (!json() && !quiet()) {
            data(text.toString());
        }
    }

    /** Prints data whatever the manner. */
    void data(String text) {
        try {
            OutputStream out = around.streams().out();
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            throw new OutputFailed(e);
        }
    }

    /** Says something on standard error that is no error. */
    void say(Text remark) {
        if (!quiet()) {
            error(remark);
        }
    }

    /** Says something useful to know. */
    void note(String message) {
        say(remark().cyan("note").add(": " + message).line());
    }

    /** Says something that the user may want to change. */
    void warn(String message) {
        say(remark().yellow("warning").add(": " + message).line());
    }

    /** Writes to standard error; a reader that is not there stops nothing. */
    void error(Text remark) {
        try {
            write(remark.toString());
        } catch (UncheckedIOException e) {
            // The program's work does not depend on someone reading its remarks.
            return;
        }
    }

    private void write(String text) {
        try {
            OutputStream err = around.streams().err();
            err.write(text.getBytes(StandardCharsets.UTF_8));
            err.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Asks a question that {@code --yes} answers; refuses where nobody can answer.
     *
     * @return whether the user agrees
     */
    boolean confirm(String question, boolean yes) {
        if (yes) {
            return true;
        }
        if (!around.terminal().in() || !around.terminal().err()) {
            throw Arguments.usage(
                    question + " There is no terminal to answer at.", "add --yes to go on");
        }
        error(remark().bold(question).add(" [y/N] "));
        String answer = readLine();
        return answer.equalsIgnoreCase("y") || answer.equalsIgnoreCase("yes");
    }

    /** Asks for a text that is not shown while it is typed; empty where nobody can answer. */
    Optional<String> secret(String question) {
        if (!around.terminal().in()) {
            return Optional.empty();
        }
        if (around.streams().in() instanceof FileInputStream) {
            char[] typed = Objects.requireNonNull(System.console()).readPassword("%s", question);
            return Optional.of(typed == null ? "" : new String(typed));
        }
        error(remark().add(question));
        return Optional.of(readLine());
    }

    private String readLine() {
        StringBuilder line = new StringBuilder();
        try {
            int c = around.streams().in().read();
            while (c >= 0 && c != '\n') {
                line.append((char) c);
                c = around.streams().in().read();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the answer from the terminal", e);
        }
        return line.toString().strip();
    }
}

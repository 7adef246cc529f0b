package io.ggen.cli;

import io.ggen.marketplace.core.config.Nearest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs a command line: finds the command, parses its words, and reports what fails. */
final class CommandLine {
    private final Surroundings around;

    CommandLine(Surroundings around) {
        this.around = around;
    }

    int run(List<String> line) {
        Console console = new Console(around, manner(line));
        try {
            return dispatch(Words.of(line), console);
        } catch (OutputFailed e) {
            return e.readerLeft() ? e.status() : cannotWrite(console, e);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            return report(console, e);
        }
    }

    private static int report(Console console, Throwable failure) {
        try {
            return new Failure(failure).report(console);
        } catch (OutputFailed e) {
            return e.status();
        }
    }

    private static int cannotWrite(Console console, OutputFailed e) {
        console.error(
                console.remark()
                        .red("error")
                        .add(": cannot write to standard output: " + e.getCause().getMessage())
                        .line());
        return e.status();
    }

    private int dispatch(Words words, Console console) {
        String name = words.command();
        if (name.isEmpty()) {
            return withoutCommand(words, console);
        }
        Command command = find(name);
        if (command instanceof AbsentCommand absent && !asksForHelp(words)) {
            throw absent.error();
        }
        if (AbsentCommand.isPeerToPeer(name) && !asksForHelp(words) && !Opening.hasNetwork()) {
            throw new AbsentCommand(name).error();
        }
        Usage usage = command.usage();
        List<Option> known = new ArrayList<>(usage.options());
        known.addAll(Globals.ALL);
        Arguments arguments = Arguments.parse(known, words.rest());
        checkColour(arguments);
        if (arguments.has("--help")) {
            return show(console, Help.of(console, name, usage));
        }
        check(name, usage, arguments.words());
        try (Call call = new Call(name, arguments, console, around)) {
            return command.run(call);
        }
    }

    private static boolean asksForHelp(Words words) {
        return words.rest().contains("--help") || words.rest().contains("-h");
    }

    /** Finds the command, or says which name comes near. */
    static Command find(String name) {
        return Commands.find(name).orElseThrow(() -> unknown(name));
    }

    private int withoutCommand(Words words, Console console) {
        Arguments arguments = Arguments.parse(Globals.ALL, words.rest());
        checkColour(arguments);
        if (arguments.has("--version") && !arguments.has("--help")) {
            if (console.json()) {
                console.data(new Json("ggen.version/1").field("version", Version.TEXT).done());
            } else {
                console.data("ggen " + Version.TEXT + "\n");
            }
            return 0;
        }
        return show(console, Help.overview(console));
    }

    private static int show(Console console, Text page) {
        console.data(page.toString());
        return 0;
    }

    private static void check(String name, Usage usage, List<String> words) {
        String hint = "usage: ggen marketplace " + name + " " + usage.arguments();
        if (words.size() < usage.least()) {
            throw Arguments.usage(name + " needs " + missing(usage, words.size()), hint.strip());
        }
        if (words.size() > usage.most()) {
            throw Arguments.usage(
                    name + " has no use for `" + words.get(usage.most()) + "`", hint.strip());
        }
    }

    private static String missing(Usage usage, int have) {
        String[] names = usage.arguments().split(" ", -1);
        return have < names.length ? names[have].replace("…", "") : usage.arguments();
    }

    private static RuntimeException unknown(String name) {
        List<String> names = CommandTable.names();
        Optional<String> near = Nearest.of(name, names);
        return Arguments.usage(
                "there is no command `" + name + "`",
                near.map(word -> "did you mean `ggen marketplace " + word + "`?")
                        .orElse("`ggen marketplace --help` lists all commands"));
    }

    /** How to speak is known before anything can go wrong. */
    private static Console.Manner manner(List<String> line) {
        boolean quiet = false;
        boolean json = false;
        Console.Colour colour = Console.Colour.AUTO;
        int verbosity = 0;
        for (int i = 0; i < line.size() && !line.get(i).equals("--"); i++) {
            String word = line.get(i);
            switch (word) {
                case "--quiet", "-q" -> quiet = true;
                case "--json" -> json = true;
                case "--no-color" -> colour = Console.Colour.NEVER;
                case "--color" ->
                        colour = Console.Colour.of(i + 1 < line.size() ? line.get(i + 1) : "");
                case "--verbose", "-v" -> verbosity++;
                case "-vv" -> verbosity += 2;
                default -> {
                    if (word.startsWith("--color=")) {
                        colour = Console.Colour.of(word.substring("--color=".length()));
                    }
                }
            }
        }
        return new Console.Manner(quiet, verbosity, json, colour);
    }

    private static void checkColour(Arguments arguments) {
        String colour = arguments.value(Globals.COLOR.name()).orElse("auto");
        switch (colour) {
            case "auto", "always", "never" -> {}
            default ->
                    throw Arguments.usage(
                            "--color is auto, always or never, not " + colour, "leave it out");
        }
    }
}

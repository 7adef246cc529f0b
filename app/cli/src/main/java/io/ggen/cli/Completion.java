package io.ggen.cli;

import java.util.ArrayList;
import java.util.List;

/** What all completion scripts are made of: the commands' own usages. */
final class Completion {
    /** The first words of several commands. */
    static final List<String> GROUPS = List.of("config", "key", "trust", "p2p");

    private Completion() {}

    /** Returns the script of a shell; USAGE for another. */
    static String of(String shell) {
        return switch (shell) {
            case "bash" -> BashCompletion.script();
            case "zsh" -> ZshCompletion.script();
            case "fish" -> FishCompletion.script();
            default ->
                    throw Arguments.usage(
                            "there is no completion for `" + shell + "`",
                            "choose bash, zsh or fish");
        };
    }

    /** Returns the options of a command, the global ones last. */
    static List<Option> options(String name) {
        List<Option> all = new ArrayList<>(CommandLine.find(name).usage().options());
        all.addAll(Globals.ALL);
        return all;
    }

    /** Returns the names of options, with spaces between. */
    static String words(List<Option> options) {
        StringBuilder out = new StringBuilder();
        for (Option option : options) {
            out.append(out.isEmpty() ? "" : " ").append(option.name());
        }
        return out.toString();
    }

    /** Returns every option that takes a value, each once: long names and letters. */
    static List<String> withValue(List<Option> options) {
        List<String> names = new ArrayList<>();
        for (Option option : options) {
            if (!option.isFlag()) {
                names.add(option.name());
                if (!option.letter().isEmpty()) {
                    names.add(option.letter());
                }
            }
        }
        return names;
    }

    /** Returns what stands first on a line: groups and commands of one word, spaces between. */
    static String firstWords() {
        StringBuilder out = new StringBuilder(String.join(" ", GROUPS));
        for (CommandTable.Row row : CommandTable.ROWS) {
            out.append(row.name().indexOf(' ') < 0 ? " " + row.name() : "");
        }
        return out.toString();
    }

    /** Returns what follows the first word of several commands, spaces between. */
    static String following(String group) {
        StringBuilder out = new StringBuilder();
        for (CommandTable.Row row : CommandTable.ROWS) {
            if (row.name().startsWith(group + " ")) {
                out.append(out.isEmpty() ? "" : " ");
                out.append(row.name(), group.length() + 1, row.name().length());
            }
        }
        return out.toString();
    }

    /** Returns the text as one word of a shell. */
    static String quoted(String text) {
        return "'" + text.replace("'", "") + "'";
    }
}

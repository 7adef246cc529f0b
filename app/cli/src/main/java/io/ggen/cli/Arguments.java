package io.ggen.cli;

import io.ggen.marketplace.core.config.Nearest;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The words of a command line, told apart: options with their values, and the rest. */
final class Arguments {
    private final Map<String, List<String>> options = new HashMap<>();
    private final List<String> words = new ArrayList<>();
    private final List<Option> known;

    private Arguments(List<Option> known) {
        this.known = known;
    }

    /**
     * Tells {@code line} apart by the options that are known. Options may stand anywhere; {@code
     * --} ends them.
     */
    static Arguments parse(List<Option> known, List<String> line) {
        Arguments arguments = new Arguments(known);
        int at = 0;
        while (at < line.size()) {
            String word = line.get(at);
            if (word.equals("--")) {
                arguments.words.addAll(line.subList(at + 1, line.size()));
                break;
            }
            at = arguments.take(word, line, at + 1);
        }
        return arguments;
    }

    private int take(String word, List<String> line, int next) {
        if (word.startsWith("--")) {
            return takeLong(word, line, next);
        }
        if (word.startsWith("-") && word.length() > 1) {
            return takeLetters(word, line, next);
        }
        words.add(word);
        return next;
    }

    private int takeLong(String word, List<String> line, int next) {
        int equals = word.indexOf('=');
        String name = equals < 0 ? word : word.substring(0, equals);
        Option option = find(name).orElseThrow(() -> unknown(name));
        if (option.isFlag()) {
            if (equals >= 0) {
                throw usage(name + " takes no value", "write " + name + " alone");
            }
            add(option, "");
            return next;
        }
        if (equals >= 0) {
            if (equals + 1 == word.length()) {
                throw needsValue(option, name);
            }
            add(option, word.substring(equals + 1));
            return next;
        }
        return takeValue(option, name, line, next);
    }

    private int takeLetters(String word, List<String> line, int next) {
        for (int i = 1; i < word.length(); i++) {
            String letter = "-" + word.charAt(i);
            Option option = find(letter).orElseThrow(() -> unknown(word));
            if (!option.isFlag()) {
                if (i + 1 == word.length()) {
                    return takeValue(option, letter, line, next);
                }
                add(option, word.substring(i + 1));
                return next;
            }
            add(option, "");
        }
        return next;
    }

    private int takeValue(Option option, String name, List<String> line, int next) {
        if (next >= line.size() || line.get(next).startsWith("-") && isKnown(line.get(next))) {
            throw needsValue(option, name);
        }
        add(option, line.get(next));
        return next + 1;
    }

    private static MarketplaceException needsValue(Option option, String name) {
        return usage(
                name + " needs a value",
                "write " + name + " " + option.parameter() + ": " + option.help());
    }

    private void add(Option option, String value) {
        options.computeIfAbsent(option.name(), _ -> new ArrayList<>()).add(value);
    }

    private boolean isKnown(String word) {
        return word.equals("--") || find(word).isPresent();
    }

    private Optional<Option> find(String name) {
        for (Option option : known) {
            if (option.name().equals(name) || option.letter().equals(name)) {
                return Optional.of(option);
            }
        }
        return Optional.empty();
    }

    private MarketplaceException unknown(String name) {
        List<String> names = new ArrayList<>();
        for (Option option : known) {
            names.add(option.name());
        }
        return usage(
                "unknown option " + name,
                Nearest.of(name, names)
                        .map(near -> "did you mean " + near + "?")
                        .orElse("see --help; words that begin with a dash go after --"));
    }

    static MarketplaceException usage(String message, String hint) {
        return new MarketplaceException(ErrorCode.USAGE, message, hint);
    }

    /** Returns whether the flag was given. */
    boolean has(String name) {
        return options.containsKey(name);
    }

    /** Returns how often the flag was given. */
    int count(String name) {
        return options.getOrDefault(name, List.of()).size();
    }

    /** Returns the last value given. */
    Optional<String> value(String name) {
        List<String> values = options.getOrDefault(name, List.of());
        return values.isEmpty() ? Optional.empty() : Optional.of(values.getLast());
    }

    /** Returns all values given, in their order. */
    List<String> values(String name) {
        return options.getOrDefault(name, List.of());
    }

    /** Returns the words that are no options. */
    List<String> words() {
        return words;
    }
}

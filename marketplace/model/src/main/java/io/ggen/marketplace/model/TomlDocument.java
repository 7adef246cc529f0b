package io.ggen.marketplace.model;

import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A TOML text that is being read, with all that was found wrong in it so far. Not thread-safe.
 *
 * <p>The accessors return what is there in the right type; what is there in another type becomes a
 * {@link Fault} at its line and column, and counts as absent.
 */
public final class TomlDocument {
    /** The longest text that is read, in characters. */
    public static final int MAX_LENGTH = 256 * 1024;

    private static final String SYNTAX_HINT =
            "write TOML: key = \"text\", key = [\"a\", \"b\"] or [table], one on each line";

    private final String file;
    private final TomlParseResult root;
    private final List<Fault> faults = new ArrayList<>();

    private TomlDocument(String file, TomlParseResult root) {
        this.file = file;
        this.root = root;
    }

    /**
     * Reads {@code text}; where it is no TOML, {@link #faults} says so and nothing is in it.
     *
     * @param file names the text in faults
     */
    public static TomlDocument parse(String file, String text) {
        if (text.length() > MAX_LENGTH) {
            return broken(
                    file,
                    "a text of "
                            + text.length()
                            + " characters, and "
                            + MAX_LENGTH
                            + " are the most",
                    "keep long texts in files of their own");
        }
        try {
            var document = new TomlDocument(file, Toml.parse(text));
            if (document.root.hasErrors()) {
                TomlParseError error = document.root.errors().getFirst(); // the rest follow from it
                document.add(error.position(), "no TOML here: " + firstLine(error), SYNTAX_HINT);
            }
            return document;
        } catch (StackOverflowError | RuntimeException e) {
            return broken(file, "no TOML: nested too deeply or malformed", SYNTAX_HINT);
        }
    }

    /** Returns a document of which nothing can be read but this fault. */
    public static TomlDocument broken(String file, String reason, String hint) {
        var document = new TomlDocument(file, Toml.parse(""));
        document.faults.add(new Fault(file, 0, 0, reason, hint));
        return document;
    }

    private static String firstLine(TomlParseError error) {
        String message = String.valueOf(error.getMessage());
        int end = message.indexOf('\n');
        return Shown.text(end < 0 ? message : message.substring(0, end));
    }

    /** Returns the name of the file. */
    public String file() {
        return file;
    }

    /** Returns all that was found wrong so far, in the order of the lines. */
    public List<Fault> faults() {
        List<Fault> sorted = new ArrayList<>(faults);
        sorted.sort(Comparator.comparingInt(Fault::line).thenComparingInt(Fault::column));
        return sorted;
    }

    /** Returns whether nothing was found wrong so far. */
    public boolean isSound() {
        return faults.isEmpty();
    }

    /**
     * Notes that something is wrong with the value at {@code path}, or with what should be there.
     */
    public void fault(List<String> path, String reason, String hint) {
        faults.add(at(path, reason, hint));
    }

    /** Returns a fault at {@code path}, or at the nearest table above it, without noting it. */
    public Fault at(List<String> path, String reason, String hint) {
        for (int length = path.size(); length > 0; length--) {
            TomlPosition position = root.inputPositionOf(path.subList(0, length));
            if (position != null) {
                return new Fault(file, position.line(), position.column(), reason, hint);
            }
        }
        return new Fault(file, 1, 1, reason, hint);
    }

    private void add(TomlPosition position, String reason, String hint) {
        faults.add(new Fault(file, position.line(), position.column(), reason, hint));
    }

    /** Returns whether anything stands at {@code path}. */
    public boolean has(List<String> path) {
        return root.get(path) != null;
    }

    /** Returns whether a table stands at {@code path}. */
    public boolean isTable(List<String> path) {
        return root.get(path) instanceof TomlTable;
    }

    /** Returns whether a text stands at {@code path}. */
    public boolean isText(List<String> path) {
        return root.get(path) instanceof String;
    }

    /** Returns whether a list stands at {@code path}. */
    public boolean isList(List<String> path) {
        return root.get(path) instanceof TomlArray;
    }

    /** Returns how many {@code [[name]]} tables there are; 0 where it is another thing. */
    public int tables(String name) {
        return root.get(List.of(name)) instanceof TomlArray array
                        && !array.isEmpty()
                        && array.get(0) instanceof TomlTable
                ? array.size()
                : 0;
    }

    /** Returns the text {@code key} of the table number {@code index} of {@code [[name]]}. */
    public Optional<String> text(String name, int index, String key) {
        return root.get(List.of(name)) instanceof TomlArray array
                        && array.get(index) instanceof TomlTable table
                        && table.get(List.of(key)) instanceof String text
                ? Optional.of(text)
                : Optional.empty();
    }

    /** Returns a fault at the table number {@code index} of {@code [[name]]}, without noting it. */
    public Fault at(String name, int index, String reason, String hint) {
        TomlPosition position =
                root.get(List.of(name)) instanceof TomlArray array
                        ? array.inputPositionOf(index)
                        : TomlPosition.positionAt(1, 1);
        return new Fault(file, position.line(), position.column(), reason, hint);
    }

    /**
     * Returns the keys of the table at {@code path} in the order written; none where it is absent.
     */
    public List<String> keys(List<String> path) {
        Object value = path.isEmpty() ? root : root.get(path);
        if (value instanceof TomlTable table) {
            List<String> keys = new ArrayList<>(table.keySet());
            keys.sort(Comparator.comparingInt(key -> line(table, key)));
            return keys;
        }
        if (value != null) {
            wrongType(path, "a table");
        }
        return List.of();
    }

    private static int line(TomlTable table, String key) {
        TomlPosition position = table.inputPositionOf(List.of(key));
        return position == null ? 0 : position.line() * 10_000 + Math.min(9_999, position.column());
    }

    /** Returns the text at {@code path}. */
    public Optional<String> text(List<String> path) {
        return value(path, String.class, "a text: \"…\"").filter(text -> isPlain(path, text));
    }

    /** Returns the truth value at {@code path}. */
    public Optional<Boolean> flag(List<String> path) {
        return value(path, Boolean.class, "true or false");
    }

    /** Returns the integer at {@code path}. */
    public Optional<Long> integer(List<String> path) {
        return value(path, Long.class, "a whole number");
    }

    /** Returns the texts of the list at {@code path}; none where it is absent. */
    public List<String> texts(List<String> path) {
        List<String> texts = new ArrayList<>();
        TomlArray array = value(path, TomlArray.class, "a list: [\"…\"]").orElse(null);
        for (int i = 0; array != null && i < array.size(); i++) {
            if (!(array.get(i) instanceof String text)) {
                add(
                        array.inputPositionOf(i),
                        path.getLast() + " holds something else than texts",
                        "write " + path.getLast() + " = [\"…\", \"…\"]");
            } else if (isPlain(path, text)) {
                texts.add(text);
            }
        }
        return texts;
    }

    private <T> Optional<T> value(List<String> path, Class<T> type, String wanted) {
        Object value = root.get(path);
        if (value != null && !type.isInstance(value)) {
            wrongType(path, wanted);
            return Optional.empty();
        }
        return Optional.ofNullable(value).map(type::cast);
    }

    private void wrongType(List<String> path, String wanted) {
        fault(
                path,
                Shown.text(path.getLast()) + " has another type than " + wanted,
                "write it as " + wanted);
    }

    private boolean isPlain(List<String> path, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean paired =
                    Character.isHighSurrogate(c)
                            && i + 1 < text.length()
                            && Character.isLowSurrogate(text.charAt(i + 1));
            i += paired ? 1 : 0;
            boolean control = Character.isISOControl(c) && "\n\r\t".indexOf(c) < 0;
            if (control || (!paired && Character.isSurrogate(c))) {
                fault(
                        path,
                        Shown.text(path.getLast()) + " holds a control character",
                        "remove what cannot be printed");
                return false;
            }
        }
        return true;
    }
}

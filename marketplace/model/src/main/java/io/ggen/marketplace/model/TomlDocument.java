package io.ggen.marketplace.model;

import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    private final String text;
    private final Map<String, Object> root;
    private final List<Fault> faults = new ArrayList<>();
    private @Nullable TomlParseResult parsed;

    private TomlDocument(String file, String text, Map<String, Object> root) {
        this.file = file;
        this.text = text;
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
        Optional<Map<String, Object>> plain = PlainToml.read(text);
        if (plain.isPresent()) {
            return new TomlDocument(file, text, plain.get());
        }
        try {
            TomlParseResult parsed = Toml.parse(text);
            var document = new TomlDocument(file, text, values(parsed));
            document.parsed = parsed;
            if (parsed.hasErrors()) {
                TomlParseError error = parsed.errors().getFirst(); // the rest follow from it
                document.add(error.position(), "no TOML here: " + firstLine(error), SYNTAX_HINT);
            }
            return document;
        } catch (StackOverflowError | RuntimeException e) {
            return broken(file, "no TOML: nested too deeply or malformed", SYNTAX_HINT);
        }
    }

    /** Returns a document of which nothing can be read but this fault. */
    public static TomlDocument broken(String file, String reason, String hint) {
        var document = new TomlDocument(file, "", Map.of());
        document.faults.add(new Fault(file, 0, 0, reason, hint));
        return document;
    }

    /** Returns what the full parser finds in a text; nothing where it finds a fault. */
    static Optional<Map<String, Object>> fully(String text) {
        TomlParseResult parsed = Toml.parse(text);
        return parsed.hasErrors() ? Optional.empty() : Optional.of(values(parsed));
    }

    /** Returns what is in a table, in the order written. */
    private static Map<String, Object> values(TomlTable table) {
        List<String> keys = new ArrayList<>(table.keySet());
        keys.sort((one, other) -> Integer.compare(line(table, one), line(table, other)));
        Map<String, Object> values = new LinkedHashMap<>();
        for (String key : keys) {
            values.put(key, value(Objects.requireNonNull(table.get(List.of(key)))));
        }
        return values;
    }

    private static Object value(Object value) {
        if (value instanceof TomlTable table) {
            return values(table);
        }
        if (value instanceof TomlArray array) {
            List<Object> values = new ArrayList<>();
            for (int i = 0; i < array.size(); i++) {
                values.add(value(array.get(i)));
            }
            return values;
        }
        return value;
    }

    private static int line(TomlTable table, String key) {
        TomlPosition position = table.inputPositionOf(List.of(key));
        return position == null ? 0 : position.line() * 10_000 + Math.min(9_999, position.column());
    }

    /** Returns where things stand: asked for when something is wrong. */
    private TomlParseResult positions() {
        if (parsed == null) {
            parsed = Toml.parse(text);
        }
        return parsed;
    }

    private @Nullable Object get(List<String> path) {
        Object value = root;
        for (String key : path) {
            value = value instanceof Map<?, ?> table ? table.get(key) : null;
        }
        return value;
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
            TomlPosition position = positions().inputPositionOf(path.subList(0, length));
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
        return get(path) != null;
    }

    /** Returns whether a table stands at {@code path}. */
    public boolean isTable(List<String> path) {
        return get(path) instanceof Map;
    }

    /** Returns whether a text stands at {@code path}. */
    public boolean isText(List<String> path) {
        return get(path) instanceof String;
    }

    /** Returns whether a list stands at {@code path}. */
    public boolean isList(List<String> path) {
        return get(path) instanceof List;
    }

    /** Returns how many {@code [[name]]} tables there are; 0 where it is another thing. */
    public int tables(String name) {
        return root.get(name) instanceof List<?> array
                        && !array.isEmpty()
                        && array.getFirst() instanceof Map
                ? array.size()
                : 0;
    }

    /** Returns the text {@code key} of the table number {@code index} of {@code [[name]]}. */
    public Optional<String> text(String name, int index, String key) {
        return root.get(name) instanceof List<?> array
                        && array.get(index) instanceof Map<?, ?> table
                        && table.get(key) instanceof String value
                ? Optional.of(value)
                : Optional.empty();
    }

    /** Returns a fault at the table number {@code index} of {@code [[name]]}, without noting it. */
    public Fault at(String name, int index, String reason, String hint) {
        TomlPosition position =
                positions().get(List.of(name)) instanceof TomlArray array
                        ? array.inputPositionOf(index)
                        : TomlPosition.positionAt(1, 1);
        return new Fault(file, position.line(), position.column(), reason, hint);
    }

    /**
     * Returns the keys of the table at {@code path} in the order written; none where it is absent.
     */
    public List<String> keys(List<String> path) {
        Object value = get(path);
        if (value instanceof Map<?, ?> table) {
            List<String> keys = new ArrayList<>();
            for (Object key : table.keySet()) {
                keys.add((String) key);
            }
            return keys;
        }
        if (value != null) {
            wrongType(path, "a table");
        }
        return List.of();
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
        List<?> array = value(path, List.class, "a list: [\"…\"]").orElse(List.of());
        for (int i = 0; i < array.size(); i++) {
            if (!(array.get(i) instanceof String value)) {
                add(
                        positionOf(path, i),
                        path.getLast() + " holds something else than texts",
                        "write " + path.getLast() + " = [\"…\", \"…\"]");
            } else if (isPlain(path, value)) {
                texts.add(value);
            }
        }
        return texts;
    }

    private TomlPosition positionOf(List<String> path, int index) {
        return positions().get(path) instanceof TomlArray array
                ? array.inputPositionOf(index)
                : TomlPosition.positionAt(1, 1);
    }

    private <T> Optional<T> value(List<String> path, Class<T> type, String wanted) {
        Object value = get(path);
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

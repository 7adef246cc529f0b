package io.ggen.marketplace.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A JSON object that was read, with its place in the text. Immutable. Reading refuses duplicate
 * names, unpaired surrogates, anything after the object, and nesting over 64; the accessors refuse
 * null and every other type than the one asked for, with an IllegalArgumentException that names the
 * member.
 */
public final class JsonObject {
    /** The largest integer that every reader of JSON keeps exactly: 2^53 - 1. */
    public static final long MAX_INTEGER = (1L << 53) - 1;

    private final Map<String, Object> members;
    private final int line;
    private final int column;

    private JsonObject(Map<String, Object> members, int line, int column) {
        this.members = members;
        this.line = line;
        this.column = column;
    }

    /** A value that no accessor returns: null, or a number with a fraction. */
    private enum Unusable {
        NULL,
        NUMBER
    }

    /**
     * Reads a text that is one JSON object and nothing else.
     *
     * @throws JsonFault with line and column
     */
    public static JsonObject parse(String text) {
        var scanner = new JsonScanner(text);
        if (scanner.peek() != '{') {
            throw new JsonFault("not a JSON object", 1, 1);
        }
        JsonObject object = object(scanner);
        scanner.end();
        return object;
    }

    private static JsonObject object(JsonScanner scanner) {
        int line = scanner.line();
        int column = scanner.column();
        Map<String, Object> members = new LinkedHashMap<>();
        scanner.begin('{');
        while (scanner.next('}')) {
            String name = scanner.name();
            if (members.containsKey(name)) {
                throw scanner.fault("the name " + Shown.text(name) + " stands here twice");
            }
            members.put(name, value(scanner));
        }
        return new JsonObject(members, line, column);
    }

    private static Object value(JsonScanner scanner) {
        return switch (scanner.peek()) {
            case '{' -> object(scanner);
            case '[' -> list(scanner);
            case '"' -> scanner.string();
            case 't', 'f', 'n' -> word(scanner.word());
            default -> whole(scanner.number());
        };
    }

    private static Object word(String word) {
        return word.equals("null") ? Unusable.NULL : (Object) word.equals("true");
    }

    private static Object whole(String number) {
        for (int i = 0; i < number.length(); i++) {
            char c = number.charAt(i);
            if ((c < '0' || c > '9') && c != '-') {
                return Unusable.NUMBER;
            }
        }
        boolean fits = number.length() <= 17 && Math.abs(Long.parseLong(number)) <= MAX_INTEGER;
        return fits ? (Object) Long.parseLong(number) : Unusable.NUMBER;
    }

    private static List<Object> list(JsonScanner scanner) {
        List<Object> values = new ArrayList<>();
        scanner.begin('[');
        while (scanner.next(']')) {
            values.add(value(scanner));
        }
        return values;
    }

    /** Returns the line of the opening brace, from 1. */
    public int line() {
        return line;
    }

    /** Returns the column of the opening brace, from 1. */
    public int column() {
        return column;
    }

    /** Returns the names in the order written. */
    public Set<String> names() {
        return Collections.unmodifiableSet(members.keySet());
    }

    /** Returns whether a member of that name is there. */
    public boolean has(String name) {
        return members.containsKey(name);
    }

    /** Returns this object for formats of others, in which a member that is null is absent. */
    public JsonObject withoutNulls() {
        Map<String, Object> kept = new LinkedHashMap<>(members);
        kept.values().removeIf(value -> value == Unusable.NULL);
        return new JsonObject(kept, line, column);
    }

    /** Returns a text; throws when it is absent. */
    public String text(String name) {
        return optionalText(name).orElseThrow(() -> refused(name, "is missing"));
    }

    /** Returns a text, or nothing when it is absent. */
    public Optional<String> optionalText(String name) {
        return member(name, String.class, "a text");
    }

    /** Returns an integer of at most 2^53 - 1 either way; throws when it is absent. */
    public long integer(String name) {
        return member(name, Long.class, "an integer up to 2^53 - 1")
                .orElseThrow(() -> refused(name, "is missing"));
    }

    /** Returns a truth value, or {@code otherwise} when it is absent. */
    public boolean flag(String name, boolean otherwise) {
        return member(name, Boolean.class, "true or false").orElse(otherwise);
    }

    /** Returns an object, or nothing when it is absent. */
    public Optional<JsonObject> object(String name) {
        return member(name, JsonObject.class, "an object");
    }

    /** Returns a list of texts; an absent one is empty. */
    public List<String> texts(String name) {
        return elements(name, String.class, "a list of texts");
    }

    /** Returns a list of objects; an absent one is empty. */
    public List<JsonObject> objects(String name) {
        return elements(name, JsonObject.class, "a list of objects");
    }

    /** Returns whether the member is there and a list. */
    public boolean isList(String name) {
        return members.get(name) instanceof List;
    }

    /** Returns whether the member is there and an object. */
    public boolean isObject(String name) {
        return members.get(name) instanceof JsonObject;
    }

    private <T> Optional<T> member(String name, Class<T> type, String wanted) {
        Object value = members.get(name);
        if (value != null && !type.isInstance(value)) {
            throw refused(name, "is not " + wanted);
        }
        return Optional.ofNullable(value).map(type::cast);
    }

    private <T> List<T> elements(String name, Class<T> type, String wanted) {
        List<T> elements = new ArrayList<>();
        for (Object element : member(name, List.class, wanted).orElse(List.of())) {
            if (!type.isInstance(element)) {
                throw refused(name, "is not " + wanted);
            }
            elements.add(type.cast(element));
        }
        return elements;
    }

    private static IllegalArgumentException refused(String name, String what) {
        return new IllegalArgumentException(name + " " + what);
    }
}

package io.ggen.marketplace.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;

import java.io.IOException;
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

    private static final int MAX_DEPTH = 64;
    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(MAX_DEPTH)
                                    .maxNumberLength(400)
                                    .maxStringLength(4 * 1024 * 1024)
                                    .build())
                    .build();

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
        VALUE
    }

    /**
     * Reads a text that is one JSON object and nothing else.
     *
     * @throws JsonFault with line and column
     */
    public static JsonObject parse(String text) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            if (!text.stripLeading().startsWith("{")
                    || parser.nextToken() != JsonToken.START_OBJECT) {
                throw new JsonFault("not a JSON object", 1, 1);
            }
            JsonObject object = object(parser);
            if (parser.nextToken() != null) {
                throw fault(parser, "something follows the JSON object");
            }
            return object;
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            throw new JsonFault(
                    e.getOriginalMessage(),
                    at == null ? 1 : at.getLineNr(),
                    at == null ? 1 : at.getColumnNr());
        } catch (IOException e) {
            throw new IllegalStateException("a text in memory is always readable", e);
        }
    }

    private static JsonObject object(JsonParser parser) throws IOException {
        var at = parser.currentTokenLocation();
        Map<String, Object> members = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = wellFormed(parser, parser.currentName());
            parser.nextToken();
            members.put(name, value(parser));
        }
        return new JsonObject(members, at.getLineNr(), at.getColumnNr());
    }

    private static Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> list(parser);
            case VALUE_STRING -> wellFormed(parser, parser.getText());
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NUMBER_INT -> integer(parser);
            default -> Unusable.VALUE;
        };
    }

    private static Object integer(JsonParser parser) throws IOException {
        boolean fits =
                parser.getTextLength() <= 17 && Math.abs(parser.getLongValue()) <= MAX_INTEGER;
        return fits ? (Object) parser.getLongValue() : Unusable.VALUE;
    }

    private static List<Object> list(JsonParser parser) throws IOException {
        List<Object> values = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            values.add(value(parser));
        }
        return values;
    }

    private static String wellFormed(JsonParser parser, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                throw fault(parser, "half a character: an unpaired surrogate");
            }
        }
        return text;
    }

    private static JsonFault fault(JsonParser parser, String reason) {
        var at = parser.currentTokenLocation();
        return new JsonFault(reason, at.getLineNr(), at.getColumnNr());
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

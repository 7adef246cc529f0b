package io.ggen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import io.ggen.marketplace.model.Version;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The JSON object that a command printed, and what a test expects of it. */
final class Answer {
    private final String line;
    private final Map<String, Object> fields;

    private Answer(String line, Map<String, Object> fields) {
        this.line = line;
        this.fields = fields;
    }

    /** Reads what {@code line} printed: one object on one line, of the schema that it names. */
    static Answer of(String line, String schema, String printed) throws IOException {
        assertThat(printed.lines()).as(line).hasSize(1);
        try (JsonParser parser = new JsonFactory().createParser(printed)) {
            assertThat(parser.nextToken()).as(line).isEqualTo(JsonToken.START_OBJECT);
            Answer answer = new Answer(line, object(parser));
            assertThat(answer.fields.keySet().iterator().next()).isEqualTo("schema");
            assertThat(answer.text("schema")).as(line).isEqualTo(schema);
            return answer;
        }
    }

    private static Map<String, Object> object(JsonParser parser) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            assertThat(fields.put(name, value(parser))).as("twice: " + name).isNull();
        }
        return fields;
    }

    private static Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> {
                List<Object> items = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    items.add(value(parser));
                }
                yield items;
            }
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE, VALUE_FALSE -> parser.getBooleanValue();
            case VALUE_NULL -> "(null)";
            default -> parser.getText();
        };
    }

    /** Expects these fields, named with spaces between. */
    Answer has(String names) {
        assertThat(fields.keySet()).as(line).contains(names.split(" ", -1));
        return this;
    }

    /** Expects numbers under these names. */
    Answer numbers(String names) {
        for (String name : names.split(" ", -1)) {
            assertThat(fields.get(name)).as(line + ": " + name).isInstanceOf(Number.class);
        }
        return this;
    }

    /** Expects a time as RFC 3339 writes it. */
    Answer time(String name) {
        assertThat(Instant.parse(text(name))).as(line).isNotNull();
        return this;
    }

    /** Expects a field of this value. */
    Answer is(String name, Object value) {
        assertThat(fields.get(name)).as(line + ": " + name).isEqualTo(value);
        return this;
    }

    /** Expects a list with something in it, each of whose objects has these fields. */
    Answer each(String list, String names) {
        List<Answer> items = items(list);
        assertThat(items).as(line + ": " + list).isNotEmpty();
        for (Answer item : items) {
            item.has(names);
        }
        return this;
    }

    /** Expects a list of ids and versions to be sorted. */
    Answer sorted(String list) {
        List<String> ids = items(list).stream().map(item -> item.text("id")).toList();
        assertThat(ids).as(line + ": " + list).isSorted();
        return this;
    }

    /** Expects a list of ascending versions. */
    Answer ascending(String list) {
        assertThat(items(list).stream().map(item -> Version.parse(item.text("version"))).toList())
                .as(line + ": " + list)
                .isSorted();
        return this;
    }

    /** Expects an empty list. */
    Answer empty(String list) {
        assertThat(items(list)).as(line + ": " + list).isEmpty();
        return this;
    }

    /** Returns the objects of a list. */
    List<Answer> items(String list) {
        List<Answer> items = new ArrayList<>();
        for (Object item : (List<?>) Objects.requireNonNull(fields.get(list), line + ": " + list)) {
            items.add(inner(list, item));
        }
        return items;
    }

    /** Returns the object under a name. */
    Answer inner(String name) {
        return inner(name, Objects.requireNonNull(fields.get(name), line + ": " + name));
    }

    @SuppressWarnings("unchecked")
    private Answer inner(String name, Object value) {
        assertThat(value).as(line + ": " + name).isInstanceOf(Map.class);
        return new Answer(line + ": " + name, (Map<String, Object>) value);
    }

    /** Returns what stands under a name, as text. */
    String text(String name) {
        return String.valueOf(fields.get(name));
    }
}

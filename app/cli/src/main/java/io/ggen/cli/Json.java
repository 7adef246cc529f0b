package io.ggen.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import io.ggen.marketplace.core.network.Fields;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Writes the one JSON object of a command. A field without a value is null, never left out. */
final class Json {
    private final StringWriter text = new StringWriter();
    private final JsonGenerator out;

    /** Opens an object of {@code schema}, such as {@code ggen.search/1}. */
    Json(String schema) {
        try {
            out = JsonFactory.builder().build().createGenerator(text);
            out.writeStartObject();
            out.writeStringField("schema", schema);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Write {
        void run() throws IOException;
    }

    private Json put(Write write) {
        try {
            write.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    Json field(String name, String value) {
        return put(() -> out.writeStringField(name, value));
    }

    Json field(String name, long value) {
        return put(() -> out.writeNumberField(name, value));
    }

    Json field(String name, double value) {
        return put(() -> out.writeNumberField(name, value));
    }

    Json field(String name, boolean value) {
        return put(() -> out.writeBooleanField(name, value));
    }

    Json missing(String name) {
        return put(() -> out.writeNullField(name));
    }

    /** Writes text, or null where there is none. */
    Json field(String name, Optional<?> value) {
        return value.isPresent() ? field(name, value.get().toString()) : missing(name);
    }

    /** Writes a list of texts. */
    Json texts(String name, List<String> values) {
        return put(() -> {
            out.writeArrayFieldStart(name);
            for (String value : values) {
                out.writeString(value);
            }
            out.writeEndArray();
        });
    }

    /** Writes an object of texts, in the map's order. */
    Json texts(String name, Map<String, String> values) {
        return object(name, inner -> values.forEach(inner::field));
    }

    /** Writes an object of numbers, in the map's order. */
    Json numbers(String name, Map<String, Integer> values) {
        return object(name, inner -> values.forEach((key, value) -> inner.field(key, value)));
    }

    /** Writes all fields of an answer of the network. */
    Json all(Fields fields) {
        return put(() -> {
            for (Map.Entry<String, Object> entry : fields.values().entrySet()) {
                out.writeFieldName(entry.getKey());
                value(entry.getValue());
            }
        });
    }

    private void value(Object value) throws IOException {
        switch (value) {
            case String plain -> out.writeString(plain);
            case Long number -> out.writeNumber(number);
            case Double number -> out.writeNumber(number);
            case Boolean flag -> out.writeBoolean(flag);
            case List<?> items -> {
                out.writeStartArray();
                for (Object item : items) {
                    value(item);
                }
                out.writeEndArray();
            }
            case Fields fields -> {
                out.writeStartObject();
                all(fields);
                out.writeEndObject();
            }
            default -> out.writeNull();
        }
    }

    /** Writes an object. */
    Json object(String name, Consumer<Json> fields) {
        put(() -> out.writeObjectFieldStart(name));
        fields.accept(this);
        return put(out::writeEndObject);
    }

    /** Writes a list of objects. */
    <T> Json list(String name, Iterable<? extends T> items, Item<T> fields) {
        put(() -> out.writeArrayFieldStart(name));
        for (T item : items) {
            put(out::writeStartObject);
            fields.write(this, item);
            put(out::writeEndObject);
        }
        return put(out::writeEndArray);
    }

    /** Writes the fields of one object of a list. */
    interface Item<T> {
        void write(Json out, T item);
    }

    /** Writes a list of lists of texts. */
    Json lists(String name, List<List<String>> lists) {
        return put(() -> {
            out.writeArrayFieldStart(name);
            for (List<String> list : lists) {
                out.writeStartArray();
                for (String value : list) {
                    out.writeString(value);
                }
                out.writeEndArray();
            }
            out.writeEndArray();
        });
    }

    /** Closes the object and returns it as one line. */
    String done() {
        put(out::writeEndObject);
        put(out::close);
        return text.append('\n').toString();
    }
}

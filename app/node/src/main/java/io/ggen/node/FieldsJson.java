package io.ggen.node;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;

import io.ggen.marketplace.core.network.Fields;
import io.ggen.marketplace.core.network.Fields.Nothing;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@link Fields} as JSON and back. No field twice, no trailing text, at most 16 levels deep. */
final class FieldsJson {
    private static final int DEEPEST = 16;

    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(DEEPEST)
                                    .maxNumberLength(32)
                                    .build())
                    .build();

    private FieldsJson() {}

    /** Writes an object on one line, without a line end. */
    static String write(Fields fields) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = FACTORY.createGenerator(text)) {
            write(out, fields);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void write(JsonGenerator out, Object value) throws IOException {
        switch (value) {
            case String text -> out.writeString(text);
            case Long number -> out.writeNumber(number);
            case Double number -> out.writeNumber(number);
            case Boolean flag -> out.writeBoolean(flag);
            case List<?> items -> {
                out.writeStartArray();
                for (Object item : items) {
                    write(out, item);
                }
                out.writeEndArray();
            }
            case Fields fields -> {
                out.writeStartObject();
                for (Map.Entry<String, Object> entry : fields.values().entrySet()) {
                    out.writeFieldName(entry.getKey());
                    write(out, entry.getValue());
                }
                out.writeEndObject();
            }
            default -> out.writeNull();
        }
    }

    /**
     * Reads one object.
     *
     * @throws IllegalArgumentException that says where it is no JSON object
     */
    static Fields read(byte[] text) {
        try (JsonParser in = FACTORY.createParser(text)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("no JSON object");
            }
            Fields fields = object(in);
            if (in.nextToken() != null) {
                throw new IllegalArgumentException("text after the JSON object");
            }
            return fields;
        } catch (IOException e) {
            throw new IllegalArgumentException("no JSON object: " + e.getMessage(), e);
        }
    }

    private static Fields object(JsonParser in) throws IOException {
        Fields fields = new Fields();
        while (in.nextToken() != JsonToken.END_OBJECT) {
            String name = in.currentName();
            in.nextToken();
            fields.parsed(name, value(in));
        }
        return fields;
    }

    private static Object value(JsonParser in) throws IOException {
        return switch (in.currentToken()) {
            case START_OBJECT -> object(in);
            case START_ARRAY -> {
                List<Object> items = new ArrayList<>();
                while (in.nextToken() != JsonToken.END_ARRAY) {
                    items.add(value(in));
                }
                yield items;
            }
            case VALUE_NUMBER_INT -> in.getLongValue();
            case VALUE_NUMBER_FLOAT -> in.getDoubleValue();
            case VALUE_TRUE, VALUE_FALSE -> in.getBooleanValue();
            case VALUE_STRING -> in.getText();
            case VALUE_NULL -> Nothing.NOTHING;
            default -> throw new IllegalArgumentException("JSON ends too early");
        };
    }
}

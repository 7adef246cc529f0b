package io.ggen.simulator.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** What a run was and what came of it. */
public record Report(String scenario, int nodes, long seed, Figures figures) {
    /** Returns it as one line of JSON. */
    public String json() {
        var text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("scenario", scenario);
            json.writeNumberField("nodes", nodes);
            json.writeNumberField("seed", seed);
            json.writeObjectFieldStart("figures");
            for (var figure : figures.inOrder().entrySet()) {
                json.writeFieldName(figure.getKey());
                write(json, figure.getValue());
            }
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("JSON in memory", e);
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, double value) throws IOException {
        if (value == Math.rint(value)) {
            json.writeNumber((long) value);
        } else {
            json.writeNumber(value);
        }
    }
}

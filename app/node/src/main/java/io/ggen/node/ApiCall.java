package io.ggen.node;

import com.sun.net.httpserver.HttpExchange;

import io.ggen.marketplace.core.network.Fields;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One request to the API and its answer. For one thread. */
final class ApiCall {
    private static final int MOST_JSON = 64 * 1024;

    private final HttpExchange exchange;
    private final List<String> path;
    private final Map<String, List<String>> parameters;
    private int status;

    /** Reads the request's line; IllegalArgumentException where it cannot be decoded. */
    ApiCall(HttpExchange exchange) {
        this.exchange = exchange;
        this.path = path(String.valueOf(exchange.getRequestURI().getRawPath()));
        this.parameters = parameters(exchange.getRequestURI().getRawQuery());
    }

    private static List<String> path(String raw) {
        List<String> path = new ArrayList<>();
        for (String segment : raw.substring(1).split("/", -1)) {
            path.add(decoded(segment.replace("+", "%2B")));
        }
        return path;
    }

    private static Map<String, List<String>> parameters(
            @org.jspecify.annotations.Nullable String raw) {
        Map<String, List<String>> parameters = new HashMap<>();
        for (String pair : raw == null || raw.isEmpty() ? new String[0] : raw.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
            parameters.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
        }
        return parameters;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    String method() {
        return exchange.getRequestMethod();
    }

    /** Returns the segments of the path, decoded. */
    List<String> path() {
        return path;
    }

    /** Returns the headers by lower-case name. */
    Map<String, List<String>> headers() {
        Map<String, List<String>> headers = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
        return headers;
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
    }

    Optional<String> parameter(String name) {
        List<String> values = values(name);
        return values.isEmpty() ? Optional.empty() : Optional.of(values.getFirst());
    }

    List<String> values(String name) {
        return parameters.getOrDefault(name, List.of());
    }

    /** Returns a whole number, bounded to what makes sense. */
    int whole(String name, int otherwise, int most) {
        try {
            int value = parameter(name).map(Integer::parseInt).orElse(otherwise);
            if (value >= 0) {
                return Math.min(value, most);
            }
        } catch (NumberFormatException e) {
            throw usage(name + " is a whole number: " + e.getMessage());
        }
        throw usage(name + " is not negative");
    }

    static MarketplaceException usage(String message) {
        return new MarketplaceException(
                ErrorCode.USAGE, message, "docs/api.yaml describes every request");
    }

    /** Reads a body of JSON, at most 64 KiB; no body is an empty object. */
    Fields body() throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(MOST_JSON + 1);
        if (body.length > MOST_JSON) {
            throw usage("the body is larger than 64 KiB");
        }
        return body.length == 0 ? new Fields() : FieldsJson.read(body);
    }

    /** Returns the body as it comes. */
    InputStream stream() {
        return exchange.getRequestBody();
    }

    /** Answers with one object of {@code ggen.SCHEMA/1}. */
    void answer(String schema, Fields fields) throws IOException {
        answer(200, schema, fields);
    }

    void answer(int code, String schema, Fields fields) throws IOException {
        Fields body = new Fields().put("schema", "ggen." + schema + "/1").all(fields);
        send(code, "application/json", FieldsJson.write(body) + "\n");
    }

    /** Answers with a text. */
    void send(int code, String type, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        begin(code, type, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0 && !method().equals("HEAD")) {
            exchange.getResponseBody().write(bytes);
        }
    }

    /** Begins an answer of unknown length and returns where it is written. */
    OutputStream begin(int code, String type) throws IOException {
        begin(code, type, 0);
        return exchange.getResponseBody();
    }

    private void begin(int code, String type, long length) throws IOException {
        status = code;
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        exchange.sendResponseHeaders(code, method().equals("HEAD") ? -1 : length);
    }

    /** Returns the status that was sent, 0 before. */
    int status() {
        return status;
    }

    /** Ends the call; what the caller did not read is thrown away. */
    void close() {
        exchange.close();
    }
}

package io.ggen.node;

import io.ggen.marketplace.core.network.Fields;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Asks the API of a running node. One connection for each request, a deadline for each read.
 * Blocking and thread-safe. It speaks HTTP/1.1 over a plain socket: the JDK's client costs a short
 * command more time than all its work.
 */
final class ApiClient {
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration USUAL = Duration.ofSeconds(30);
    private static final int MOST_ANSWER = 64 << 20;

    private final ApiFile file;
    private final URI url;
    private final Optional<Path> certificate;

    /** Asks at the place that {@code file} names; over TLS only {@code certificate} is believed. */
    ApiClient(ApiFile file, Optional<Path> certificate) {
        this.file = file;
        this.url = URI.create(file.url());
        this.certificate = certificate;
    }

    /** A body to send. */
    interface Body {
        /** Writes all of it. */
        void write(OutputStream out) throws IOException;
    }

    /** Returns where the API is. */
    String url() {
        return file.url();
    }

    /** Returns whether the node of the file answers; another program at its port does not count. */
    boolean answers() {
        Optional<String> token = believed() ? Optional.of(file.token()) : Optional.empty();
        try (HttpExchangeStream in = open("GET", "/health", USUAL, token, Optional.empty())) {
            Fields health = FieldsJson.read(in.body().readNBytes(4096));
            return in.status() == 200
                    && health.whole("pid") == file.pid()
                    && health.text("version").equals(file.version());
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }

    /** Over TLS the certificate says who answers; else nobody gets the token before that. */
    private boolean believed() {
        return "https".equals(url.getScheme());
    }

    Fields get(String path) {
        return get(path, USUAL);
    }

    Fields get(String path, Duration patience) {
        return fields("GET", path, patience, Optional.empty());
    }

    Fields delete(String path) {
        return fields("DELETE", path, USUAL, Optional.empty());
    }

    Fields post(String path) {
        return post(path, new Fields(), USUAL);
    }

    Fields post(String path, Fields body, Duration patience) {
        byte[] bytes = FieldsJson.write(body).getBytes(StandardCharsets.UTF_8);
        return fields(
                "POST",
                path,
                patience,
                Optional.of(new Sent("application/json", out -> out.write(bytes))));
    }

    /** Sends parts; see {@link Multipart}. */
    Fields upload(String path, String boundary, Body parts, Duration patience) {
        String type = "multipart/form-data; boundary=" + boundary;
        return fields("POST", path, patience, Optional.of(new Sent(type, parts)));
    }

    /** Returns the body of an answer as it comes; the caller closes it. */
    InputStream stream(String path, Duration patience) {
        try {
            HttpExchangeStream answer = open("GET", api(path), patience, Optional.empty());
            if (answer.status() >= 300) {
                try (answer) {
                    throw error(answer);
                }
            }
            return answer.closingBody();
        } catch (IOException e) {
            throw failed("GET " + path, e);
        }
    }

    private record Sent(String type, Body body) {}

    private static String api(String path) {
        return "/api/v1/" + path;
    }

    private Fields fields(String method, String path, Duration patience, Optional<Sent> sent) {
        try (HttpExchangeStream answer = open(method, api(path), patience, sent)) {
            if (answer.status() >= 300) {
                throw error(answer);
            }
            return FieldsJson.read(answer.body().readNBytes(MOST_ANSWER));
        } catch (IOException e) {
            throw failed(method + " " + path, e);
        } catch (IllegalArgumentException e) {
            throw strange(method + " " + path, String.valueOf(e.getMessage())).causedBy(e);
        }
    }

    private HttpExchangeStream open(
            String method, String path, Duration patience, Optional<Sent> sent) throws IOException {
        return open(method, path, patience, Optional.of(file.token()), sent);
    }

    private HttpExchangeStream open(
            String method,
            String path,
            Duration patience,
            Optional<String> token,
            Optional<Sent> sent)
            throws IOException {
        HttpExchangeStream exchange =
                HttpExchangeStream.connect(url, certificate, CONNECT, patience);
        try {
            exchange.head(method, path, token, sent.map(Sent::type));
            if (sent.isPresent()) {
                exchange.send(sent.get().body());
            }
            exchange.receive();
            return exchange;
        } catch (IOException | RuntimeException e) {
            exchange.close();
            throw e;
        }
    }

    private MarketplaceException error(HttpExchangeStream answer) throws IOException {
        try {
            return ApiErrors.read(FieldsJson.read(answer.body().readNBytes(MOST_ANSWER)));
        } catch (IllegalArgumentException e) {
            return strange("a request", "status " + answer.status()).causedBy(e);
        }
    }

    private MarketplaceException strange(String what, String why) {
        return new MarketplaceException(
                ErrorCode.NETWORK,
                "the node at "
                        + file.url()
                        + " answers "
                        + what
                        + " in a way that is not ours: "
                        + why,
                "`ggen m p2p stop` and `ggen m p2p start --daemon` begin anew");
    }

    private MarketplaceException failed(String what, IOException e) {
        return switch (e) {
            case ConnectException _ ->
                    new MarketplaceException(
                                    ErrorCode.NETWORK,
                                    "the node at " + file.url() + " is gone",
                                    "`ggen m p2p start --daemon` starts one")
                            .causedBy(e);
            case SocketTimeoutException _ ->
                    new MarketplaceException(
                                    ErrorCode.TIMEOUT,
                                    "the node at "
                                            + file.url()
                                            + " does not answer "
                                            + what
                                            + " in time",
                                    "`ggen m p2p status` shows how it is; try again")
                            .causedBy(e);
            default ->
                    new MarketplaceException(
                                    ErrorCode.NETWORK,
                                    "cannot ask the node at " + file.url() + ": " + e.getMessage(),
                                    "`ggen m p2p status` shows whether it runs")
                            .causedBy(e);
        };
    }

    /** Returns a text as one segment of a path or one value of a query. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}

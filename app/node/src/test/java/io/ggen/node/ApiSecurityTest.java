package io.ggen.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.marketplace.core.SamplePackage;
import io.ggen.marketplace.core.TestPublisher;
import io.ggen.marketplace.model.EnvelopeCodec;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Attacks on the API, each as the bytes that an attacker would send. */
class ApiSecurityTest {
    @TempDir Path directory;
    private Lab lab = new Lab(Path.of(""));
    private String host = "";
    private String token = "";

    @BeforeEach
    void open() {
        lab = new Lab(directory);
        lab.daemon();
        host = URI.create(lab.file().url()).getRawAuthority();
        token = "Authorization: Bearer " + lab.file().token() + "\r\n";
    }

    @AfterEach
    void close() throws Exception {
        lab.close();
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket();
        URI url = URI.create(lab.file().url());
        socket.connect(new InetSocketAddress(url.getHost(), url.getPort()), 5000);
        socket.setSoTimeout(30_000);
        return socket;
    }

    private String send(String request) throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (SocketException e) {
            return "closed: " + e.getMessage();
        }
    }

    private String get(String path, String headers) throws IOException {
        return send("GET " + path + " HTTP/1.1\r\nConnection: close\r\n" + headers + "\r\n");
    }

    private String withHost(String headers) {
        return "Host: " + host + "\r\n" + headers;
    }

    private static void assertStatus(int status, String answer) {
        assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
    }

    @Test
    void theOwnerIsServed() throws IOException {
        assertStatus(200, get("/api/v1/status", withHost(token)));
    }

    @Test
    void noToken() throws IOException {
        String answer = get("/api/v1/status", withHost(""));
        assertStatus(401, answer);
        assertThat(answer).contains("ggen.error/1").doesNotContain("peerId");
    }

    @Test
    void wrongToken() throws IOException {
        String half = lab.file().token().substring(1);
        for (String wrong : List.of("Bearer x", "Bearer " + half, "Basic " + half, "")) {
            String header = "Authorization: " + wrong + "\r\n";
            assertStatus(401, get("/api/v1/status", withHost(header)));
        }
        assertStatus(401, get("/api/v1/status", withHost(token + token)));
    }

    @Test
    void tokenInTheQuery() throws IOException {
        for (String name : List.of("token", "access_token", "Authorization")) {
            String path = "/api/v1/status?" + name + "=" + lab.file().token();
            assertStatus(401, get(path, withHost("")));
        }
    }

    @Test
    void otherHost() throws IOException {
        int port = URI.create(lab.file().url()).getPort();
        for (String other :
                List.of(
                        "evil.example:" + port,
                        "127.0.0.1",
                        "127.0.0.2:" + port,
                        "127.1:" + port)) {
            for (String path : List.of("/api/v1/status", "/health", "/metrics")) {
                assertStatus(421, get(path, "Host: " + other + "\r\n" + token));
            }
        }
        assertThat(get("/api/v1/status", token)).doesNotStartWith("HTTP/1.1 200");
        assertThat(get("/health", "Host: a\r\n" + withHost(""))).doesNotStartWith("HTTP/1.1 200");
    }

    /** The page's name points here now, so the browser sends the request, with that name. */
    @Test
    void dnsRebinding() throws IOException {
        int port = URI.create(lab.file().url()).getPort();
        String page = "Host: rebound.example:" + port + "\r\n";
        for (String path : List.of("/health", "/metrics", "/api/v1/status")) {
            assertStatus(421, get(path, page));
        }
    }

    @Test
    void anyOrigin() throws IOException {
        String own = "Origin: " + lab.file().url() + "\r\n";
        for (String origin : List.of(own, "Origin: null\r\n", "Origin: https://evil.example\r\n")) {
            assertStatus(403, get("/api/v1/status", withHost(token + origin)));
            assertStatus(403, get("/metrics", withHost(origin)));
        }
    }

    @Test
    void preflightGetsNoPermission() throws IOException {
        String asking =
                "Origin: https://evil.example\r\nAccess-Control-Request-Method: POST\r\n\r\n";
        String answer =
                send("OPTIONS /api/v1/stop HTTP/1.1\r\nConnection: close\r\n" + withHost(asking));
        assertStatus(403, answer);
        assertThat(answer.toLowerCase(java.util.Locale.ROOT)).doesNotContain("access-control");
    }

    @Test
    void hugeBody() throws IOException {
        String head =
                "POST /api/v1/bans HTTP/1.1\r\nConnection: close\r\n"
                        + withHost(token)
                        + "Content-Length: 10000000\r\n\r\n";
        try (Socket socket = connect()) {
            OutputStream out = socket.getOutputStream();
            out.write(head.getBytes(StandardCharsets.US_ASCII));
            byte[] junk = new byte[1 << 20];
            for (int i = 0; i < 9; i++) {
                out.write(junk);
            }
            String answer =
                    new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
            assertThat(answer).isEqualTo("HTTP/1.1 400");
        } catch (SocketException e) {
            // closed while the rest was still being sent
            assertThat(e).isNotNull();
        }
        assertStatus(200, get("/api/v1/status", withHost(token)));
    }

    @Test
    void hugeHead() throws IOException {
        String answer = get("/health", withHost("X-Junk: " + "x".repeat(1 << 20) + "\r\n"));
        assertThat(answer).doesNotStartWith("HTTP/1.1 200");
        assertStatus(200, get("/health", withHost("")));
    }

    /** The tests' deadline is two seconds; an attacker sends a byte now and then. */
    @Test
    void slowLoris() throws IOException {
        List<Socket> slow = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Socket socket = connect();
            socket.getOutputStream()
                    .write("GET /health HTTP/1.1\r\nHo".getBytes(StandardCharsets.US_ASCII));
            slow.add(socket);
        }
        assertStatus(200, get("/health", withHost("")));
        for (Socket socket : slow) {
            try (socket;
                    InputStream in = socket.getInputStream()) {
                assertThat(in.read()).as("the connection ends").isEqualTo(-1);
            } catch (SocketException e) {
                assertThat(e).as("the connection is reset").isNotNull();
            }
        }
    }

    @Test
    void envelopeLargerThanAnyRecord() throws IOException {
        String answer = upload("x".repeat(20_000), "");
        assertStatus(400, answer);
        assertThat(answer).contains("VALIDATION");
        assertThat(incoming()).isEmpty();
    }

    @Test
    void contentThatIsNotTheOneThatWasSigned() throws IOException {
        SamplePackage sample = TestPublisher.number(1).release("leaf", "1.0.0");
        String answer = upload(EnvelopeCodec.encode(sample.envelope()).utf8(), "other bytes");
        assertStatus(403, answer);
        assertThat(answer).contains("SECURITY");
        assertThat(incoming()).isEmpty();
    }

    private List<Path> incoming() throws IOException {
        Path folder = directory.resolve("store/incoming");
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.toList();
        }
    }

    private String upload(String envelope, String content) throws IOException {
        String part = "--B\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n";
        String body =
                part.formatted("envelope", envelope)
                        + part.formatted("content", content)
                        + "--B--\r\n";
        return send(
                "POST /api/v1/releases HTTP/1.1\r\nConnection: close\r\n"
                        + withHost(token)
                        + "Content-Type: multipart/form-data; boundary=B\r\nContent-Length: "
                        + body.length()
                        + "\r\n\r\n"
                        + body);
    }

    @Test
    void pathsThatDoNotExistAndMethodsThatDoNotFit() throws IOException {
        assertStatus(400, get("/api/v1/../../etc/passwd", withHost(token)));
        assertStatus(400, get("/api/v1/nothing", withHost(token)));
        assertStatus(400, get("/api/v1/stop", withHost(token)));
        assertStatus(400, get("/api/v1/packages/..%2F..%2Fetc", withHost(token)));
        assertStatus(400, get("/api/v1/content/nonsense", withHost(token)));
        assertStatus(400, get("/api/v1/peers/nobody", withHost(token)));
        assertStatus(404, get("/api/v1/packages/leaf?version=1.0.0", withHost(token)));
    }

    @Test
    void metricsAndHealthNeedNoToken() throws IOException {
        assertThat(get("/health", withHost(""))).contains("\"status\":\"ok\"");
        String metrics = get("/metrics", withHost(""));
        assertThat(metrics)
                .contains("# TYPE ggen_marketplace_search_duration_seconds histogram")
                .contains("ggen_marketplace_install_success_total")
                .contains("ggen_marketplace_install_failures_total")
                .contains("ggen_p2p_peer_count")
                .contains("ggen_p2p_dht_queries_total")
                .contains("ggen_p2p_peer_reputation_mean")
                .contains("ggen_cache_hit_rate 0.75")
                .contains("ggen_cache_size_bytes");
    }
}

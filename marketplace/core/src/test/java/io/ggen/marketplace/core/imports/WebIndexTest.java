package io.ggen.marketplace.core.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;

import io.ggen.marketplace.core.Progress;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

final class WebIndexTest {
    private final Map<String, byte[]> files = new HashMap<>();
    private final Set<String> asked = new ConcurrentSkipListSet<>();
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    String path = exchange.getRequestURI().getPath();
                    asked.add(path);
                    byte[] body = files.get(path);
                    exchange.sendResponseHeaders(
                            body == null ? 404 : 200, body == null ? -1 : body.length);
                    if (body != null) {
                        exchange.getResponseBody().write(body);
                    }
                    exchange.close();
                });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private String address(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private void put(String path, String text) {
        files.put(path, text.getBytes(StandardCharsets.UTF_8));
    }

    private void index(String... urls) {
        var versions = new StringBuilder();
        for (String url : urls) {
            versions.append(versions.isEmpty() ? "" : ",")
                    .append("{\"version\":\"1.0.0\",\"download_url\":\"" + url + "\"}");
        }
        put("/a/index.json", "{\"packages\":{\"leaf\":{\"versions\":[" + versions + "]}}}");
    }

    @Test
    void fetchesTheIndexAndWhatItNamesBelowItself() throws IOException {
        index("leaf/1.0.0/leaf-1.0.0.tar.gz", "missing.tar.gz");
        put("/a/leaf/1.0.0/leaf-1.0.0.tar.gz", "content");
        Path folder;
        try (var web = new WebIndex(address("/a/index.json"), Progress.silent())) {
            Path fetched = web.fetch();
            folder = Objects.requireNonNull(fetched.getParent());
            assertThat(fetched).exists();
            assertThat(folder.resolve("leaf/1.0.0/leaf-1.0.0.tar.gz")).hasContent("content");
            assertThat(folder.resolve("missing.tar.gz")).doesNotExist();
        }
        assertThat(folder).doesNotExist();
    }

    @Test
    void asksForNothingElsewhere() throws IOException {
        index(
                "../b/x.tar.gz",
                "/b/x.tar.gz",
                "http://127.0.0.1:1/x.tar.gz",
                "//127.0.0.1:1/x.tar.gz",
                "file:///etc/passwd",
                "%2e%2e/b/x.tar.gz",
                "x/../../b/x.tar.gz");
        put("/b/x.tar.gz", "no");
        try (var web = new WebIndex(address("/a/index.json"), Progress.silent())) {
            web.fetch();
        }
        assertThat(asked).allMatch(path -> path.startsWith("/a/"));
    }

    @Test
    void saysWhatTheServerAnswers() throws IOException {
        try (var web = new WebIndex(address("/none.json"), Progress.silent())) {
            assertThatThrownBy(web::fetch)
                    .isInstanceOfSatisfying(
                            MarketplaceException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.NETWORK))
                    .hasMessageContaining("404");
        }
    }

    @Test
    void doesNotWaitForEverForTheRestOfAFile() throws IOException {
        CountDownLatch over = new CountDownLatch(1);
        server.createContext(
                "/stall.json",
                exchange -> {
                    exchange.sendResponseHeaders(200, 100);
                    exchange.getResponseBody().write('{');
                    exchange.getResponseBody().flush();
                    try {
                        assertThat(over.await(20, TimeUnit.SECONDS)).isTrue();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
        Duration longest = Duration.ofMillis(300);
        try (var web = new WebIndex(address("/stall.json"), Progress.silent(), longest)) {
            assertThatThrownBy(web::fetch)
                    .isInstanceOfSatisfying(
                            MarketplaceException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.TIMEOUT));
        } finally {
            over.countDown();
        }
    }

    @Test
    void leavesABrokenIndexToTheImporter() throws IOException {
        put("/index.json", "{\"packages\": nonsense");
        try (var web = new WebIndex(address("/index.json"), Progress.silent())) {
            assertThat(Files.readString(web.fetch())).contains("nonsense");
        }
    }

    @Test
    void refusesWhatIsNoAddress() {
        for (String address : new String[] {"http://", "http://a b/", "http://me:pw@host/x"}) {
            assertThatThrownBy(() -> new WebIndex(address, Progress.silent()).close())
                    .isInstanceOfSatisfying(
                            MarketplaceException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.USAGE));
        }
    }
}

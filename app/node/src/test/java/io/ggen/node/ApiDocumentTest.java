package io.ggen.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.marketplace.core.network.Fields;
import io.ggen.marketplace.model.MarketplaceException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code docs/api.yaml} and the API say the same paths and methods. */
class ApiDocumentTest {
    private static final String BASE = "  /api/v1/";

    @TempDir Path directory;

    private record Request(String method, String path) {}

    private static List<Request> documented() throws IOException {
        Path root = Path.of(System.getProperty("ggen.root", "../.."));
        List<Request> requests = new ArrayList<>();
        String path = "";
        for (String line : Files.readAllLines(root.resolve("docs/api.yaml"))) {
            if (line.startsWith("  /")) {
                path =
                        line.startsWith(BASE)
                                ? line.substring(BASE.length(), line.length() - 1)
                                : "";
            } else if (line.matches("    (get|post|delete):") && !path.isEmpty()) {
                String method = line.strip().replace(":", "").toUpperCase(java.util.Locale.ROOT);
                requests.add(new Request(method, path));
            }
        }
        return requests;
    }

    /** Whatever a request is answered, it is not that there is no such request. */
    @Test
    void everyRequestOfTheDocumentIsServed() throws Exception {
        List<Request> requests = documented();
        assertThat(requests).hasSize(26);
        try (Lab lab = new Lab(directory)) {
            lab.daemon();
            ApiClient client = new ApiClient(lab.file(), Optional.empty());
            for (Request request : requests) {
                if (!request.path().equals("events") && !request.path().equals("stop")) {
                    assertThat(said(client, request))
                            .as(request.toString())
                            .doesNotContain("there is nothing at")
                            .doesNotContain("is not for this");
                }
            }
        }
    }

    private static String said(ApiClient client, Request request) {
        String path = request.path().replaceAll("\\{[a-zA-Z]+}", "x");
        try {
            Fields answer =
                    switch (request.method()) {
                        case "GET" -> client.get(path);
                        case "POST" -> client.post(path);
                        default -> client.delete(path);
                    };
            return answer.text("schema");
        } catch (MarketplaceException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Test
    void requestsThatAreNotInTheDocumentAreRefused() throws Exception {
        try (Lab lab = new Lab(directory)) {
            lab.daemon();
            ApiClient client = new ApiClient(lab.file(), Optional.empty());
            assertThat(said(client, new Request("GET", "nothing"))).contains("there is nothing at");
            assertThat(said(client, new Request("POST", "status"))).contains("is not for this");
            assertThat(said(client, new Request("GET", "gc"))).contains("is not for this");
        }
    }
}

package io.ggen.node;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;

import io.ggen.marketplace.core.network.NetworkOptions.ApiOptions;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Serves the API: checks every request at the {@link ApiGate}, hands it to its route, and turns
 * what goes wrong into an answer. A virtual thread for each request. Thread-safe.
 *
 * <p>A request has to be there after a minute, head and body, or its connection is closed; there
 * are at most 256 connections, and heads of at most 16 KiB.
 */
final class ApiServer implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ApiServer.class.getName());
    private static final Set<String> OPEN = Set.of("health", "metrics");
    private static final Map<String, String> LIMITS =
            Map.of(
                    "sun.net.httpserver.maxReqTime", "60",
                    "sun.net.httpserver.maxReqHeaders", "64",
                    "sun.net.httpserver.maxReqHeaderSize", "16384",
                    "sun.net.httpserver.nodelay", "true",
                    "jdk.httpserver.maxConnections", "256");

    private final HttpServer server;
    private final ExecutorService threads;
    private final ApiGate gate;
    private final Routes routes;
    private final Metrics metrics;

    /** Answers requests that have passed the gate. */
    interface Routes {
        /** Answers, or throws what the answer is to say. */
        void answer(ApiCall call) throws IOException;
    }

    private ApiServer(HttpServer server, String token, Routes routes, Metrics metrics) {
        this.server = server;
        this.gate = new ApiGate(server.getAddress(), token);
        this.routes = routes;
        this.metrics = metrics;
        this.threads =
                Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("api-", 0).factory());
    }

    /**
     * Starts to serve.
     *
     * @throws MarketplaceException NETWORK where the address cannot be had, SECURITY for one beyond
     *     loopback without a certificate, USAGE without the user's consent
     */
    static ApiServer start(ApiOptions options, String token, Routes routes, Metrics metrics) {
        try {
            LIMITS.forEach((name, value) -> {
                if (System.getProperty(name) == null) {
                    System.setProperty(name, value);
                }
            });
            InetSocketAddress address = options.listen().resolve();
            checkExposure(options, address);
            HttpServer server = bind(options, address);
            ApiServer api = new ApiServer(server, token, routes, metrics);
            server.createContext("/", api::handle);
            server.setExecutor(api.threads);
            server.start();
            return api;
        } catch (IOException e) {
            throw new MarketplaceException(
                            ErrorCode.NETWORK,
                            "the API cannot listen at " + options.listen() + ": " + e.getMessage(),
                            "choose another with --api HOST:PORT; port 0 takes any that is free")
                    .causedBy(e);
        }
    }

    private static void checkExposure(ApiOptions options, InetSocketAddress address) {
        if (address.getAddress().isLoopbackAddress()) {
            return;
        }
        if (options.certificate().isEmpty()) {
            throw new MarketplaceException(
                    ErrorCode.SECURITY,
                    "the API would be open to others at " + options.listen() + " without TLS",
                    "set marketplace.p2p.api_certificate and api_key, or stay on 127.0.0.1");
        }
        if (!options.exposed()) {
            throw new MarketplaceException(
                    ErrorCode.USAGE,
                    "the API at " + options.listen() + " can be reached from other machines",
                    "add --yes to go on");
        }
    }

    private static HttpServer bind(ApiOptions options, InetSocketAddress address)
            throws IOException {
        if (options.certificate().isEmpty()) {
            return HttpServer.create(address, 64);
        }
        HttpsServer server = HttpsServer.create(address, 64);
        server.setHttpsConfigurator(
                new HttpsConfigurator(
                        ApiTls.server(
                                options.certificate().orElseThrow(), options.key().orElseThrow())));
        return server;
    }

    /** Returns where it listens, such as {@code http://127.0.0.1:40123}. */
    String url() {
        String host = server.getAddress().getAddress().getHostAddress();
        String scheme = server instanceof HttpsServer ? "https" : "http";
        boolean six = host.indexOf(':') >= 0;
        return scheme
                + "://"
                + (six ? "[" + host + "]" : host)
                + ":"
                + server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try {
            ApiCall call = new ApiCall(exchange);
            try {
                Optional<ApiGate.Refusal> refusal = gate.check(call.headers(), isOpen(call.path()));
                if (refusal.isPresent()) {
                    refuse(call, refusal.get());
                } else {
                    answer(call);
                }
            } finally {
                metrics.request(call.status());
            }
        } catch (IllegalArgumentException e) {
            LOG.log(System.Logger.Level.DEBUG, "a request cannot be read", e);
            exchange.sendResponseHeaders(400, -1);
        } finally {
            exchange.close();
        }
    }

    private static boolean isOpen(List<String> path) {
        return path.size() == 1 && OPEN.contains(path.getFirst());
    }

    private static void refuse(ApiCall call, ApiGate.Refusal refusal) throws IOException {
        var error =
                new MarketplaceException(
                        ErrorCode.PERMISSION_DENIED,
                        refusal.reason(),
                        "speak to the node through `ggen m p2p …`, or read docs/guide/operator.md");
        call.answer(refusal.status(), "error", ApiErrors.of(error));
    }

    private void answer(ApiCall call) throws IOException {
        MarketplaceException error;
        try {
            routes.answer(call);
            return;
        } catch (MarketplaceException e) {
            error = e;
        } catch (IllegalArgumentException e) {
            error = ApiCall.usage("the request is wrong: " + e.getMessage());
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "a request failed: " + call.path(), e);
            error =
                    new MarketplaceException(
                            ErrorCode.INTERNAL,
                            "this is a fault of the node itself: " + e,
                            "look into p2p/node.log and report what it says");
        }
        if (call.status() == 0) {
            call.answer(ApiErrors.status(error.code()), "error", ApiErrors.of(error));
        }
    }

    /** Closes all connections and waits for nothing. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}

package io.ggen.node;

import io.ggen.marketplace.core.network.Fields;
import io.ggen.marketplace.core.network.Network;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;

import java.io.IOException;
import java.util.List;
import java.util.Set;

/** Finds the route of a request. {@code docs/api.yaml} describes all of them. */
final class ApiRoutes implements ApiServer.Routes {
    private final NodeRoutes node;
    private final PackageRoutes packages;
    private final EventRoutes events;
    private final Network network;
    private final About about;

    /**
     * What the API says of itself, and what it does for its node.
     *
     * @param stop is run when somebody asks the node to end
     */
    record About(String version, Metrics metrics, Runnable stop) {}

    ApiRoutes(NodeRoutes node, PackageRoutes packages, Network network, About about) {
        this.node = node;
        this.packages = packages;
        this.events = new EventRoutes(network);
        this.network = network;
        this.about = about;
    }

    @Override
    public void answer(ApiCall call) throws IOException {
        List<String> path = call.path();
        if (path.size() == 1) {
            outside(call, path.getFirst());
        } else if (path.size() < 3 || !path.get(0).equals("api") || !path.get(1).equals("v1")) {
            throw unknown(call);
        } else {
            inside(call, path.get(2), path.size() - 3);
        }
    }

    private void outside(ApiCall call, String name) throws IOException {
        only(call, "GET", "HEAD");
        switch (name) {
            case "health" ->
                    call.answer(
                            "health",
                            new Fields()
                                    .put("status", "ok")
                                    .put("version", about.version())
                                    .put("pid", ProcessHandle.current().pid()));
            case "metrics" ->
                    call.send(
                            200,
                            "text/plain; version=0.0.4; charset=utf-8",
                            about.metrics().text(network, about.version()));
            default -> throw unknown(call);
        }
    }

    private void inside(ApiCall call, String name, int more) throws IOException {
        switch (name + "/" + more) {
            case "status/0" -> get(call, node::status);
            case "top/0" -> get(call, node::top);
            case "peers/0", "peers/1" -> get(call, node::peers);
            case "providers/1" -> get(call, node::providers);
            case "search/0" -> get(call, packages::search);
            case "content/1" -> get(call, packages::car);
            case "events/0" -> get(call, events::stream);
            case "packages/0" -> get(call, packages::packages);
            case "packages/1" -> any(call, packages::packages, "GET", "DELETE");
            case "packages/2" -> {
                if (!call.path().get(4).equals("content")) {
                    throw unknown(call);
                }
                get(call, packages::packages);
            }
            case "releases/0" -> any(call, packages::releases, "GET", "POST");
            case "releases/1" -> get(call, packages::releases);
            case "pins/0" -> any(call, node::pins, "GET", "POST");
            case "pins/1" -> any(call, node::pins, "DELETE");
            case "bans/0" -> any(call, node::bans, "GET", "POST");
            case "bans/1" -> any(call, node::bans, "DELETE");
            case "bootstrap/0" -> any(call, node::bootstrap, "GET", "POST", "DELETE");
            case "gc/0" -> any(call, node::collect, "POST");
            case "stop/0" -> any(call, this::stop, "POST");
            default -> throw unknown(call);
        }
    }

    private static void get(ApiCall call, ApiServer.Routes route) throws IOException {
        any(call, route, "GET");
    }

    private static void any(ApiCall call, ApiServer.Routes route, String... methods)
            throws IOException {
        only(call, methods);
        route.answer(call);
    }

    private static void only(ApiCall call, String... methods) {
        if (!Set.of(methods).contains(call.method())) {
            throw ApiCall.usage(
                    call.method() + " is not for this; " + String.join(", ", methods) + " are");
        }
    }

    private static MarketplaceException unknown(ApiCall call) {
        return new MarketplaceException(
                ErrorCode.USAGE,
                "there is nothing at /" + String.join("/", call.path()),
                "docs/api.yaml describes every request");
    }

    private void stop(ApiCall call) throws IOException {
        call.answer("p2p.stop", new Fields().put("stopping", true));
        about.stop().run();
    }
}

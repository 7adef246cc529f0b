package io.ggen.cli;

import io.ggen.marketplace.core.network.HostPort;
import io.ggen.marketplace.core.network.HostedNode;
import io.ggen.marketplace.core.network.NetworkContext;
import io.ggen.marketplace.core.network.NetworkOptions;
import io.ggen.marketplace.core.network.NodeFields;
import io.ggen.marketplace.core.network.NodeStatus;
import io.ggen.marketplace.core.session.Session;
import io.ggen.multiformats.Multiaddr;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Starts the node of a home, in front or in the background. */
final class P2pStartCommand implements Command {
    static final Option LISTEN =
            Option.value("--listen", "MULTIADDR", "listen here; may be repeated");
    static final Option BOOTSTRAP =
            Option.value("--bootstrap", "MULTIADDR", "join through this node; may be repeated");
    static final Option MODE =
            Option.value("--dht-mode", "MODE", "auto, server or client: answer lookups");
    static final Option CONFIG =
            Option.value("--config", "FILE", "this file instead of the home's config.toml");
    static final Option API =
            Option.value("--api", "HOST:PORT", "where the API listens (127.0.0.1:0)");
    static final Option NO_MDNS =
            Option.flag("--no-mdns", "neither look for nor show up to peers on the LAN");
    private static final Option DAEMON =
            Option.flag("--daemon", "in the background; returns once the node listens");

    @Override
    public Usage usage() {
        return new Usage(
                "",
                0,
                List.of(LISTEN, BOOTSTRAP, MODE, NO_MDNS, DAEMON, CONFIG, API),
                "In front it runs until Ctrl-C, or until `p2p stop`. Without a node to join through\n"
                        + "it finds peers on the local network alone, and prints the address to hand"
                        + " to others.\n"
                        + "One node runs for each home. Another API address than loopback needs TLS"
                        + " and --yes.",
                List.of(
                        new Usage.Example("p2p start", "in front"),
                        new Usage.Example("p2p start --daemon", "in the background"),
                        new Usage.Example(
                                "p2p start --listen /ip4/0.0.0.0/tcp/4001",
                                "at an address that stays")));
    }

    @Override
    public int run(Call call) {
        call.config(call.value(CONFIG.name()).map(call::path));
        Session session = call.session();
        NetworkContext context =
                session.networkContext().with(options(call, session.networkContext().options()));
        if (call.has(DAEMON.name())) {
            return background(call, context);
        }
        return inFront(call, session.networkProvider().start(context), context);
    }

    /** Returns the options with what the command line says instead. */
    private static NetworkOptions options(Call call, NetworkOptions settings) {
        NetworkOptions options = settings;
        if (!call.values(LISTEN.name()).isEmpty()) {
            options = options.listeningOn(addresses(call.values(LISTEN.name())));
        }
        if (!call.values(BOOTSTRAP.name()).isEmpty()) {
            options = options.joining(P2pBootstrapCommand.nodes(call.values(BOOTSTRAP.name())));
        }
        Optional<String> mode = call.value(MODE.name());
        if (mode.isPresent()) {
            options = options.in(mode(mode.get()));
        }
        if (call.has(NO_MDNS.name())) {
            options = options.withoutMdns();
        }
        Optional<String> api = call.value(API.name());
        HostPort place = api.map(P2pStartCommand::place).orElse(options.api().listen());
        return options.withApi(options.api().at(place, call.has("--yes")));
    }

    private static List<Multiaddr> addresses(List<String> words) {
        List<Multiaddr> addresses = new ArrayList<>();
        for (String word : words) {
            try {
                addresses.add(Multiaddr.parse(word));
            } catch (IllegalArgumentException e) {
                throw Arguments.usage(
                                "`" + word + "` is no address: " + e.getMessage(),
                                "write it like /ip4/0.0.0.0/tcp/4001")
                        .causedBy(e);
            }
        }
        return addresses;
    }

    private static NetworkOptions.DhtMode mode(String word) {
        return switch (word) {
            case "auto", "server", "client" ->
                    NetworkOptions.DhtMode.valueOf(word.toUpperCase(Locale.ROOT));
            default ->
                    throw Arguments.usage(
                            "--dht-mode is auto, server or client, not " + word, "leave it out");
        };
    }

    private static HostPort place(String word) {
        try {
            return HostPort.parse(word);
        } catch (IllegalArgumentException e) {
            throw Arguments.usage(
                            String.valueOf(e.getMessage()), "write it like --api 127.0.0.1:7878")
                    .causedBy(e);
        }
    }

    /** Runs until somebody stops it. Ctrl-C and a request to terminate end it in order. */
    private static int inFront(Call call, HostedNode node, NetworkContext context) {
        Thread ending = new Thread(node::close, "node-ending");
        Runtime.getRuntime().addShutdownHook(ending);
        try (node) {
            announce(call, node.status(), context.options());
            node.awaitStop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            forget(ending);
        }
        call.console().note("the node has ended; all that it knows is kept");
        return 0;
    }

    private static void forget(Thread ending) {
        try {
            Runtime.getRuntime().removeShutdownHook(ending);
        } catch (IllegalStateException e) {
            // the process is ending, and the hook does its work
            return;
        }
    }

    /** Says what runs, and what to hand to others where nobody is joined. */
    private static void announce(Call call, NodeStatus status, NetworkOptions options) {
        NetworkAnswer.show(
                call,
                NodeFields.of(status),
                text -> StatusView.print(text, status, call.around().clock()));
        if (options.bootstrap().isEmpty()) {
            call.console()
                    .note(
                            (options.mdns() ? "LAN only" : "nobody to join")
                                    + ": there is no node to join through. Others join this one"
                                    + " with: "
                                    + status.addresses().stream()
                                            .findFirst()
                                            .map(it -> "ggen m p2p bootstrap --save " + it)
                                            .orElse("(it listens nowhere)"));
        }
    }

    private static int background(Call call, NetworkContext context) {
        Session session = call.session();
        BackgroundNode.start(call, session.networkProvider(), context);
        announce(call, session.network().status(), context.options());
        return 0;
    }
}

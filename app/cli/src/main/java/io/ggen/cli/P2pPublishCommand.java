package io.ggen.cli;

import io.ggen.marketplace.core.network.ContentFields;
import io.ggen.marketplace.core.network.HostedNode;
import io.ggen.marketplace.core.network.NetworkContext;
import io.ggen.marketplace.core.network.NetworkProvider;
import io.ggen.marketplace.core.network.Spread;
import io.ggen.marketplace.core.publish.PublishOutcome.Published;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Publishes to the network. Where no node runs, this process becomes the node of the home until
 * somebody else holds all of the content.
 */
final class P2pPublishCommand extends PublishCommand {
    private static final Option START =
            Option.flag("--start", "start a node in the background where none runs");
    private static final Option TIMEOUT =
            Option.value("--timeout", "TIME", "wait so long for somebody to hold it (5m)");

    private final Map<Published, Spread> spreads = new HashMap<>();

    @Override
    public Usage usage() {
        Usage plain = super.usage();
        List<Option> options = new ArrayList<>(plain.options());
        options.add(START);
        options.add(TIMEOUT);
        return new Usage(
                plain.arguments(),
                plain.most(),
                options,
                "DIR holds package.toml; the file registry is left alone. The node that runs serves\n"
                        + "the content. Without one this stays until another peer holds all of it,"
                        + " or the time\n"
                        + "is over.",
                List.of(
                        new Usage.Example("p2p publish .", "through the node that runs"),
                        new Usage.Example("p2p publish . --start", "and leave one running"),
                        new Usage.Example("p2p publish packs/*", "several, dependencies first")));
    }

    @Override
    public int run(Call call) {
        call.workWith("p2p");
        NetworkProvider provider = call.session().networkProvider();
        NetworkContext context = call.session().networkContext();
        Duration patience = Numbers.duration(call, TIMEOUT.name(), Duration.ofMinutes(5));
        if (provider.running(context).isPresent() || isDryRun(call)) {
            return publish(call, Duration.ZERO);
        }
        if (call.has(START.name())) {
            BackgroundNode.start(call, provider, context);
            return publish(call, Duration.ZERO);
        }
        try (HostedNode node = provider.start(context)) {
            int status = publish(call, patience);
            node.close();
            return status != 0 ? status : served(call);
        }
    }

    private int publish(Call call, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        return publish(
                call, outcome -> outcome.published().forEach(one -> follow(call, one, deadline)));
    }

    /** Learns how far a release has come, and waits for somebody else to hold it until then. */
    private void follow(Call call, Published one, long deadline) {
        Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
        one.envelope()
                .map(record -> call.session().network().spread(record.recordId(), left))
                .ifPresent(spread -> spreads.put(one, spread));
    }

    @Override
    void more(Json out, Published one) {
        Spread spread = spreads.getOrDefault(one, new Spread(0, 0, 0));
        out.all(ContentFields.of(spread));
    }

    @Override
    void more(Text text, Published one) {
        Spread spread = spreads.get(one);
        if (spread != null) {
            text.add(
                            "  record stored by "
                                    + Text.count(spread.storedBy(), "node")
                                    + ", told to "
                                    + Text.count(spread.toldPeers(), "peer")
                                    + ", held by "
                                    + Text.count(spread.providers(), "peer")
                                    + " besides this one")
                    .line();
        }
    }

    /** Without a node that goes on, content that nobody else holds is served by nobody. */
    private int served(Call call) {
        List<String> alone = new ArrayList<>();
        spreads.forEach((one, spread) -> {
            if (spread.providers() == 0) {
                alone.add(one.plan().toString());
            }
        });
        if (alone.isEmpty()) {
            return 0;
        }
        MarketplaceException error =
                new MarketplaceException(
                        ErrorCode.NETWORK,
                        "nobody serves " + String.join(", ", alone) + " now that this ends",
                        "keep a node running: ggen m p2p start --daemon");
        Text text = call.console().remark().red("error").add(": " + error.getMessage()).line();
        call.console().error(text.cyan("hint").add(": " + error.hint()).line());
        return error.code().exitStatus();
    }
}

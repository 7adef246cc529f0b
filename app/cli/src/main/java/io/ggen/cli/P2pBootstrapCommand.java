package io.ggen.cli;

import io.ggen.marketplace.core.config.BootstrapNode;
import io.ggen.marketplace.core.config.SettingsEditor;
import io.ggen.marketplace.core.network.BootstrapOutcome;
import io.ggen.marketplace.core.network.BootstrapOutcome.Attempt;
import io.ggen.marketplace.core.network.Fields;
import io.ggen.marketplace.core.network.PeerFields;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.multiformats.Multiaddr;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Joins the network through known nodes. */
final class P2pBootstrapCommand implements Command {
    private static final Option SAVE =
            Option.flag("--save", "join through them at every start from now on");
    private static final Option TIMEOUT =
            Option.value("--timeout", "SECONDS", "how long to try (60)");
    private static final String EXAMPLE = "/dns4/boot.example.org/tcp/4001/p2p/12D3KooWExample";

    @Override
    public Usage usage() {
        return new Usage(
                "MULTIADDR…",
                Usage.MANY,
                List.of(SAVE, TIMEOUT),
                "A MULTIADDR ends in /p2p/ and the node's peer id; `p2p status` there prints it.\n"
                        + "Without a running node this tries the addresses alone, and keeps what"
                        + " --save says.",
                List.of(
                        new Usage.Example("p2p bootstrap " + EXAMPLE, "join now"),
                        new Usage.Example(
                                "p2p bootstrap --save " + EXAMPLE, "and at every start")));
    }

    @Override
    public int run(Call call) {
        List<BootstrapNode> nodes = nodes(call.words());
        Duration timeout = Duration.ofSeconds(Numbers.whole(call, TIMEOUT.name(), 60, 1));
        List<Multiaddr> addresses = nodes.stream().map(BootstrapNode::address).toList();
        int saved = 0;
        if (call.has(SAVE.name())) {
            SettingsEditor editor = new SettingsEditor(call.home());
            for (BootstrapNode node : nodes) {
                saved += editor.addBootstrapNode(node) ? 1 : 0;
            }
        }
        BootstrapOutcome outcome = call.session().network().bootstrap(addresses, timeout);
        Fields fields = PeerFields.of(outcome).put("saved", saved);
        NetworkAnswer.show(call, fields, text -> print(text, outcome));
        return outcome.reached() ? 0 : ErrorCode.NETWORK.exitStatus();
    }

    /** Reads what names nodes on a command line. */
    static List<BootstrapNode> nodes(List<String> words) {
        List<BootstrapNode> nodes = new ArrayList<>();
        for (String word : words) {
            try {
                nodes.add(BootstrapNode.of(word));
            } catch (IllegalArgumentException e) {
                throw Arguments.usage(
                                "`" + word + "` names no node: " + e.getMessage(),
                                "write it like " + EXAMPLE)
                        .causedBy(e);
            }
        }
        return nodes;
    }

    private static void print(Text text, BootstrapOutcome outcome) {
        for (Attempt attempt : outcome.attempts()) {
            if (attempt.connected()) {
                text.green("connected").add(" " + attempt.address()).line();
            } else {
                text.red("failed   ").add(" " + attempt.address() + ": " + attempt.detail()).line();
            }
        }
        text.add(Text.count(outcome.peers(), "peer") + " connected now").line();
    }
}

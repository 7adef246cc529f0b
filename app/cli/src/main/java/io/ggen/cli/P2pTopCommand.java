package io.ggen.cli;

import io.ggen.base.ByteSize;
import io.ggen.marketplace.core.network.EventStream;
import io.ggen.marketplace.core.network.Fields;
import io.ggen.marketplace.core.network.Network;
import io.ggen.marketplace.core.network.NodeActivity;
import io.ggen.marketplace.core.network.NodeFields;
import io.ggen.marketplace.core.network.NodeStatus;

import java.time.Duration;
import java.util.List;

/** Watches the running node. */
final class P2pTopCommand implements Command {
    private static final Option EVERY =
            Option.value("--every", "TIME", "redraw at least so often (2s)");
    private static final Option ONCE = Option.flag("--once", "print once and end");

    @Override
    public Usage usage() {
        return new Usage(
                "",
                0,
                List.of(EVERY, ONCE),
                "Redraws when something happens, until you press Ctrl-C or the node ends.\n"
                        + "Where the output is no terminal it prints once.",
                List.of(
                        new Usage.Example("p2p top", "watch"),
                        new Usage.Example("p2p top --once --json", "for programs")));
    }

    @Override
    public int run(Call call) {
        Duration pause = Numbers.duration(call, EVERY.name(), Duration.ofSeconds(2));
        NetworkAnswer.needsNode(call);
        Network network = call.session().network();
        Console console = call.console();
        boolean once = call.has(ONCE.name()) || console.json() || !console.terminal().out();
        if (once) {
            return show(call, network, "");
        }
        try (EventStream events = network.events()) {
            while (!events.closed()) {
                show(call, network, "\u001b[H\u001b[2J");
                events.next(pause); // whatever happens is a reason to look again
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return 0;
    }

    private static int show(Call call, Network network, String before) {
        NodeStatus status = network.status();
        NodeActivity activity = network.activity();
        Fields fields =
                new Fields()
                        .put("status", NodeFields.of(status))
                        .put("activity", NodeFields.of(activity));
        return NetworkAnswer.show(
                call,
                fields,
                text -> {
                    text.raw(before);
                    StatusView.print(text, status, call.around().clock());
                    text.line();
                    print(text, activity);
                });
    }

    private static void print(Text text, NodeActivity activity) {
        NetworkAnswer.row(
                text,
                "content",
                new ByteSize(activity.sentBytes())
                        + " sent, "
                        + new ByteSize(activity.receivedBytes())
                        + " fetched, "
                        + Text.count(activity.cacheHits(), "block")
                        + " held when wanted, "
                        + activity.cacheMisses()
                        + " not");
        NetworkAnswer.row(
                text,
                "gossip",
                activity.gossipReceived() + " taken, " + activity.gossipRejected() + " refused");
        NetworkAnswer.row(
                text, "lookups", activity.dhtQueries() + ", records put: " + activity.dhtStores());
        NetworkAnswer.row(text, "over limits", Long.toString(activity.refused()));
        for (NodeActivity.Transfer one : activity.transfers()) {
            NetworkAnswer.row(
                    text,
                    one.inbound() ? "fetching" : "sending",
                    new ByteSize(one.bytes()) + "  " + one.content() + "  " + one.peerId());
        }
    }
}

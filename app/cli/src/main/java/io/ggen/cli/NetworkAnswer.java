package io.ggen.cli;

import io.ggen.marketplace.core.network.Fields;
import io.ggen.marketplace.core.network.RunningNode;
import io.ggen.marketplace.core.session.Session;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;

import java.util.Optional;
import java.util.function.Consumer;

/** What the commands about the network have in common. */
final class NetworkAnswer {
    private static final int COLUMN = 16;

    private NetworkAnswer() {}

    /** Prints an answer: the fields as JSON, or the page for people. */
    static int show(Call call, Fields fields, Consumer<Text> page) {
        if (call.console().json()) {
            call.console().data(call.json().all(fields).done());
        } else {
            Text text = call.console().text();
            page.accept(text);
            call.console().print(text);
        }
        return 0;
    }

    /** Writes one line of a page; nothing where there is no value. */
    static void row(Text text, String name, String value) {
        if (!value.isEmpty()) {
            text.cyan(name).pad(COLUMN - name.length()).add(value).line();
        }
    }

    /** Returns the node that runs for the home. */
    static Optional<RunningNode> running(Call call) {
        Session session = call.session();
        return session.networkProvider().running(session.networkContext());
    }

    /**
     * Makes sure that a node runs: what the command changes would be gone with a node of its own.
     */
    static void needsNode(Call call) {
        if (running(call).isEmpty()) {
            throw new MarketplaceException(
                    ErrorCode.NETWORK,
                    "no node runs for "
                            + call.home().root()
                            + ", and this would not outlast the"
                            + " command",
                    "start one: ggen m p2p start --daemon");
        }
    }
}

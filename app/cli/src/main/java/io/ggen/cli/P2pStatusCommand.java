package io.ggen.cli;

import io.ggen.marketplace.core.network.NodeFields;
import io.ggen.marketplace.core.network.NodeStatus;

import java.util.List;

/** Shows how the running node is. */
final class P2pStatusCommand implements Command {
    @Override
    public Usage usage() {
        return new Usage(
                "",
                0,
                List.of(),
                "Who the node is, where it listens, whom it knows, what it keeps, and the limits in\n"
                        + "force. Without a running node it says so.",
                List.of(
                        new Usage.Example("p2p status", "at a glance"),
                        new Usage.Example("p2p status --json", "for programs")));
    }

    @Override
    public int run(Call call) {
        if (NetworkAnswer.running(call).isEmpty()) {
            NetworkAnswer.show(
                    call,
                    StatusView.nobody(),
                    text -> text.add("no node runs for " + call.home().root()).line());
            call.console().note("`ggen m p2p start --daemon` starts one");
            return 0;
        }
        NodeStatus status = call.session().network().status();
        return NetworkAnswer.show(
                call,
                NodeFields.of(status),
                text -> StatusView.print(text, status, call.around().clock()));
    }
}

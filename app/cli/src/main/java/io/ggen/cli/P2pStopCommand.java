package io.ggen.cli;

import io.ggen.marketplace.core.network.Fields;
import io.ggen.marketplace.core.network.RunningNode;
import io.ggen.marketplace.core.session.Session;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Ends the running node. */
final class P2pStopCommand implements Command {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Override
    public Usage usage() {
        return new Usage(
                "",
                0,
                List.of(),
                "Asks the running node to end and waits until it has. It keeps all its state; a\n"
                        + "second stop finds nobody and is no error.",
                List.of(new Usage.Example("p2p stop", "end the node of this home")));
    }

    @Override
    public int run(Call call) {
        Session session = call.session();
        Optional<RunningNode> ended =
                session.networkProvider().stop(session.networkContext(), PATIENCE);
        Fields fields = new Fields().put("stopped", ended.isPresent());
        if (ended.isPresent()) {
            fields.put("pid", ended.get().pid());
        } else {
            fields.nothing("pid");
        }
        return NetworkAnswer.show(
                call,
                fields,
                text ->
                        text.add(
                                        ended.map(node -> "stopped process " + node.pid())
                                                .orElse("no node runs for " + call.home().root()))
                                .line());
    }
}

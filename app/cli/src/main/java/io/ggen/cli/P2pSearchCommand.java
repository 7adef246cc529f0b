package io.ggen.cli;

import java.util.List;

/** Finds packages in the network alone. */
final class P2pSearchCommand extends SearchCommand {
    @Override
    public Usage usage() {
        Usage plain = super.usage();
        return new Usage(
                plain.arguments(),
                plain.most(),
                plain.options(),
                plain.about()
                        + " Asks the node that runs, or peers by a node of its own; what\n"
                        + "nobody answered in time is left out, and the answer says so.",
                List.of(
                        new Usage.Example("p2p search rest api", "in the network alone"),
                        new Usage.Example("p2p search graph --json", "for programs")));
    }

    @Override
    public int run(Call call) {
        call.workWith("p2p");
        return super.run(call);
    }
}

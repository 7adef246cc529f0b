package io.ggen.cli;

import io.ggen.base.ByteSize;
import io.ggen.marketplace.core.network.Collected;
import io.ggen.marketplace.core.network.ContentFields;

import java.util.List;

/** Lets the running node free what nothing holds. */
final class P2pGcCommand implements Command {
    @Override
    public Usage usage() {
        return new Usage(
                "",
                0,
                List.of(),
                "What you published, installed or pinned stays.",
                List.of(new Usage.Example("p2p gc", "free what nothing holds")));
    }

    @Override
    public int run(Call call) {
        NetworkAnswer.needsNode(call);
        Collected collected = call.session().network().collect();
        return NetworkAnswer.show(
                call,
                ContentFields.of(collected),
                text ->
                        text.add(
                                        "freed "
                                                + new ByteSize(collected.freedBytes())
                                                + " in "
                                                + Text.count(collected.blocks(), "block"))
                                .line());
    }
}

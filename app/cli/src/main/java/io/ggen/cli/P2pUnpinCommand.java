package io.ggen.cli;

import io.ggen.marketplace.core.network.Fields;
import io.ggen.marketplace.model.PackageRef;

import java.util.List;

/** Lets the running node keep a package no longer on purpose. */
final class P2pUnpinCommand implements Command {
    @Override
    public Usage usage() {
        return new Usage(
                "ID",
                1,
                List.of(),
                "The content stays until `p2p gc`, or until its room is needed.",
                List.of(new Usage.Example("p2p unpin acme/ui", "all its versions")));
    }

    @Override
    public int run(Call call) {
        Names name = Names.of(call.words().getFirst());
        NetworkAnswer.needsNode(call);
        PackageRef ref = new PackageRef(name.id(), call.session().publisherDid());
        boolean removed = call.session().network().unpin(ref);
        return NetworkAnswer.show(
                call,
                new Fields().put("id", name.id().text()).put("removed", removed),
                text ->
                        text.add(removed ? "unpinned " : "not pinned: ")
                                .add(name.id().text())
                                .line());
    }
}

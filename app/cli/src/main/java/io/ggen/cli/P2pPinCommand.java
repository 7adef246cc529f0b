package io.ggen.cli;

import io.ggen.base.ByteSize;
import io.ggen.marketplace.core.network.ContentFields;
import io.ggen.marketplace.core.network.PinnedPackage;
import io.ggen.marketplace.model.PackageRef;

import java.util.List;

/** Lets the running node keep and serve a package. */
final class P2pPinCommand implements Command {
    @Override
    public Usage usage() {
        return new Usage(
                "ID[@VERSION]",
                1,
                List.of(),
                "The running node fetches the release with its dependencies where they are missing,\n"
                        + "keeps them and serves them, whatever `p2p gc` frees.",
                List.of(
                        new Usage.Example("p2p pin acme/ui", "the newest version"),
                        new Usage.Example("p2p pin acme/ui@1.2.0", "this one")));
    }

    @Override
    public int run(Call call) {
        Names name = Names.of(call.words().getFirst());
        NetworkAnswer.needsNode(call);
        PackageRef ref = new PackageRef(name.id(), call.session().publisherDid());
        PinnedPackage pin = call.session().network().pin(ref, name.version());
        return NetworkAnswer.show(
                call,
                ContentFields.of(pin),
                text ->
                        text.green("pinned")
                                .add(" ")
                                .bold(pin.id() + " " + pin.version())
                                .dim("  " + new ByteSize(pin.sizeBytes()))
                                .line());
    }
}

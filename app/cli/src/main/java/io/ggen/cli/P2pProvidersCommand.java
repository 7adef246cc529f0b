package io.ggen.cli;

import io.ggen.marketplace.core.network.Fields;
import io.ggen.marketplace.core.network.PeerFields;
import io.ggen.marketplace.core.network.ProviderInfo;
import io.ggen.marketplace.model.PackageRef;
import io.ggen.multiformats.Multiaddr;

import java.util.List;

/** Lists who holds a package. */
final class P2pProvidersCommand implements Command {
    @Override
    public Usage usage() {
        return new Usage(
                "ID",
                1,
                List.of(),
                "Peers that say that they hold the newest release, and where they listen.",
                List.of(new Usage.Example("p2p providers acme/ui", "who serves it")));
    }

    @Override
    public int run(Call call) {
        Names name = Names.of(call.words().getFirst());
        PackageRef ref = new PackageRef(name.id(), call.session().publisherDid());
        List<ProviderInfo> providers = call.session().network().providers(ref);
        if (providers.isEmpty()) {
            call.console().note("nobody says that they hold " + name.id());
        }
        return NetworkAnswer.show(
                call,
                new Fields().list("providers", providers, PeerFields::of),
                text -> providers.forEach(one -> line(text, one)));
    }

    private static void line(Text text, ProviderInfo one) {
        text.bold(one.peerId());
        for (Multiaddr address : one.addresses()) {
            text.add("  " + address);
        }
        text.line();
    }
}

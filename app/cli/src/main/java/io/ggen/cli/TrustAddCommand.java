package io.ggen.cli;

import io.ggen.marketplace.core.trust.TrustStore;
import io.ggen.marketplace.core.trust.TrustedPublisher;
import io.ggen.marketplace.model.Did;

import java.util.List;

/** Trusts a publisher. */
final class TrustAddCommand implements Command {
    private static final Option NAMESPACE =
            Option.value("--namespace", "SCOPE", "SCOPE/… belongs to it alone; may be repeated");

    @Override
    public Usage usage() {
        return new Usage(
                "DID [PETNAME]",
                2,
                List.of(NAMESPACE),
                "PETNAME is your own name for it; commands take it wherever they take a DID.",
                List.of(
                        new Usage.Example("trust add did:key:z6Mk… alice", "alice is trusted"),
                        new Usage.Example(
                                "trust add did:key:z6Mk… acme --namespace acme",
                                "acme/… is looked for from this key alone")));
    }

    @Override
    public int run(Call call) {
        TrustStore trust = call.session().trust();
        try {
            Did did = new Did(call.words().getFirst());
            String petname = call.words().size() > 1 ? call.words().get(1) : "";
            trust.add(new TrustedPublisher(did, petname, call.values(NAMESPACE.name())));
        } catch (IllegalArgumentException e) {
            throw Arguments.usage(String.valueOf(e.getMessage()), "see `ggen m trust add --help`");
        }
        TrustListCommand.show(call, trust.read());
        return 0;
    }
}

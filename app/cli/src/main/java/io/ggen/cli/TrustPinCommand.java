package io.ggen.cli;

import io.ggen.marketplace.model.Did;
import io.ggen.marketplace.model.PackageRef;

import java.util.List;
import java.util.Optional;

/** Binds a package id to a key. */
final class TrustPinCommand implements Command {
    @Override
    public Usage usage() {
        return new Usage(
                "ID [DID]",
                2,
                List.of(),
                "Without DID the only publisher that is known for ID.",
                List.of(
                        new Usage.Example("trust pin acme/ui", "another key for it is refused"),
                        new Usage.Example(
                                "trust pin acme/ui did:key:z6Mk…",
                                "before the first install, to this key")));
    }

    @Override
    public int run(Call call) {
        Names name = Names.of(call.words().getFirst());
        Did did = publisher(call, name);
        call.session().trust().pin(name.id(), did, call.around().clock().instant());
        if (!call.console().json()) {
            call.console().note(name.id() + " is pinned to " + did);
        }
        TrustListCommand.show(call, call.session().trust().read());
        return 0;
    }

    private static Did publisher(Call call, Names name) {
        Optional<Did> named =
                call.words().size() > 1
                        ? Optional.of(call.session().did(call.words().get(1)))
                        : call.session().publisherDid();
        return named.or(() ->
                        call.session()
                                .packages()
                                .find(PackageRef.of(name.id()), Optional.empty())
                                .release()
                                .publisher())
                .orElseThrow(() ->
                        Arguments.usage(
                                name.id() + " is not signed by anybody",
                                "name the key: ggen m trust pin " + name.id() + " DID"));
    }
}

package io.ggen.cli;

import io.ggen.marketplace.core.keys.KeyStore;

import java.util.List;

/** Prints a private key. */
final class KeyExportCommand implements Command {
    @Override
    public Usage usage() {
        return new Usage(
                "[NAME]",
                1,
                List.of(),
                "Prints the private key as PEM, encrypted where it is. Whoever has it can publish"
                        + " in your name.",
                List.of(
                        new Usage.Example("key export > ggen-key.pem", "keep it somewhere safe"),
                        new Usage.Example(
                                "key export work > work.pem", "the key that is called work")));
    }

    @Override
    public int run(Call call) {
        String name = call.words().isEmpty() ? KeyStore.DEFAULT : call.words().getFirst();
        String pem = call.session().keys().export(name);
        if (call.console().json()) {
            call.console().data(call.json().field("name", name).field("pem", pem).done());
        } else {
            call.console().data(pem);
        }
        return 0;
    }
}

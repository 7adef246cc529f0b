package io.ggen.cli;

import io.ggen.marketplace.core.keys.KeyInfo;
import io.ggen.marketplace.core.keys.KeyStore;

import java.util.List;

/** Makes a publisher key. */
final class KeyNewCommand implements Command {
    @Override
    public Usage usage() {
        return new Usage(
                "[NAME]",
                1,
                List.of(Option.flag("--encrypt", "ask for a passphrase, else GGEN_PASSPHRASE")),
                "Who loses the key loses the names it published: export it to a safe place.",
                List.of(
                        new Usage.Example("key new", "the key that signs by default"),
                        new Usage.Example("key new work --encrypt", "another, with a passphrase")));
    }

    @Override
    public int run(Call call) {
        String name = call.words().isEmpty() ? KeyStore.DEFAULT : call.words().getFirst();
        KeyStore keys = call.session().keys();
        keys.create(name);
        KeyListCommand.show(call, only(keys.list(), name));
        call.console().note("keep it safe: ggen m key export " + name + " > FILE");
        return 0;
    }

    /** Returns the key of that name alone. */
    static List<KeyInfo> only(List<KeyInfo> keys, String name) {
        return keys.stream().filter(key -> key.name().equals(name)).toList();
    }
}

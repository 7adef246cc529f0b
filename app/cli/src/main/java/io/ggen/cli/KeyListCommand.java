package io.ggen.cli;

import io.ggen.marketplace.core.keys.KeyInfo;
import io.ggen.marketplace.core.keys.KeyStore;

import java.util.List;

/** Lists the publisher keys of the home. */
final class KeyListCommand implements Command {
    @Override
    public Usage usage() {
        return new Usage(
                "",
                0,
                List.of(),
                "The key called `" + KeyStore.DEFAULT + "` signs where no --key is given.",
                List.of(
                        new Usage.Example("key list", "names and DIDs"),
                        new Usage.Example("key list --json", "for programs")));
    }

    @Override
    public int run(Call call) {
        show(call, call.session().keys().list());
        return 0;
    }

    /** Prints keys. */
    static void show(Call call, List<KeyInfo> keys) {
        Console console = call.console();
        if (console.json()) {
            console.data(call.json().list("keys", keys, KeyListCommand::key).done());
            return;
        }
        Text text = console.text();
        for (KeyInfo key : keys) {
            text.bold(key.name()).add("  ");
            text.add(key.did().map(Object::toString).orElse("(encrypted)"));
            text.dim("  since " + key.created() + (key.encrypted() ? ", encrypted" : "")).line();
        }
        console.print(text);
        if (keys.isEmpty()) {
            console.note("no key yet: the first publish makes one, or `ggen m key new`");
        }
    }

    private static void key(Json out, KeyInfo key) {
        out.field("name", key.name())
                .field("did", key.did())
                .field("created", key.created().toString())
                .field("encrypted", key.encrypted())
                .field("current", key.name().equals(KeyStore.DEFAULT));
    }
}

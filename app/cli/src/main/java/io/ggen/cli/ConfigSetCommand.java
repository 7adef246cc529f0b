package io.ggen.cli;

import io.ggen.marketplace.core.config.SettingKey;
import io.ggen.marketplace.core.config.SettingsEditor;

import java.util.List;

/** Changes config.toml. */
final class ConfigSetCommand implements Command {
    @Override
    public Usage usage() {
        return new Usage(
                "KEY VALUE",
                2,
                List.of(),
                "Comments and order of config.toml stay. A list's items are separated by commas.",
                List.of(
                        new Usage.Example(
                                "config set minimum_age 3d", "take no release younger than that"),
                        new Usage.Example(
                                "config set p2p.listen_addresses /ip4/0.0.0.0/tcp/4001",
                                "a list")));
    }

    @Override
    public int run(Call call) {
        SettingKey key = ConfigKeys.find(call.words().getFirst());
        String value = call.words().get(1);
        new SettingsEditor(call.home()).set(key, value);
        if (call.console().json()) {
            call.console().data(call.json().field("key", key.name()).field("value", value).done());
        } else {
            call.console()
                    .say(
                            call.console()
                                    .remark()
                                    .green("set ")
                                    .add(key.name() + " = " + value + " in ")
                                    .add(call.home().config().toString())
                                    .line());
        }
        return 0;
    }
}

package io.ggen.cli;

import io.ggen.marketplace.core.config.SettingKey;
import io.ggen.marketplace.core.config.Settings;

import java.util.List;

/** Prints the value of one setting that is in force. */
final class ConfigGetCommand implements Command {
    @Override
    public Usage usage() {
        return new Usage(
                "KEY",
                1,
                List.of(),
                "The value in force: of a GGEN_ variable, ggen.toml or config.toml, else the default.",
                List.of(
                        new Usage.Example("config get registry_path", "where the registry lies"),
                        new Usage.Example("config get p2p.dht_mode", "a setting of a table")));
    }

    @Override
    public int run(Call call) {
        SettingKey key = ConfigKeys.find(call.words().getFirst());
        Settings settings = call.session().settings();
        String value = settings.text(key);
        if (call.console().json()) {
            call.console().data(ConfigKeys.json(call.json(), key, settings).done());
        } else {
            call.console().print(call.console().text().add(value).line());
        }
        return 0;
    }
}

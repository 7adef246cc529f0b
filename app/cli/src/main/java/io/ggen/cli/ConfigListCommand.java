package io.ggen.cli;

import io.ggen.marketplace.core.config.SettingKey;
import io.ggen.marketplace.core.config.Settings;

import java.util.List;

/** Lists all settings with where each comes from. */
final class ConfigListCommand implements Command {
    private static final int WIDEST_VALUE = 40;

    @Override
    public Usage usage() {
        return new Usage(
                "",
                0,
                List.of(),
                "Each with where its value comes from: a GGEN_ variable, ggen.toml or config.toml.",
                List.of(
                        new Usage.Example("config list", "all settings with their values"),
                        new Usage.Example("config list --json", "with defaults, for programs")));
    }

    @Override
    public int run(Call call) {
        Settings settings = call.session().settings();
        Console console = call.console();
        if (console.json()) {
            Json out = call.json();
            out.list(
                    "settings",
                    SettingKey.all().values(),
                    (json, key) -> ConfigKeys.json(json, key, settings));
            console.data(out.done());
            return 0;
        }
        int names = 0;
        int values = 0;
        for (SettingKey key : SettingKey.all().values()) {
            names = Math.max(names, key.name().length() + 1);
            values = Math.max(values, settings.text(key).length() + 1);
        }
        values = Math.min(values, WIDEST_VALUE);
        Text text = console.text();
        for (SettingKey key : SettingKey.all().values()) {
            String value = settings.text(key);
            text.cyan(key.name()).pad(names - key.name().length());
            text.column(value.isEmpty() ? "-" : value, values);
            text.dim(settings.given(key.name()).map(Settings.Given::source).orElse(key.help()));
            text.line();
        }
        console.print(text);
        return 0;
    }
}

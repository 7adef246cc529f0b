package io.ggen.cli;

import io.ggen.marketplace.core.config.Nearest;
import io.ggen.marketplace.core.config.SettingKey;
import io.ggen.marketplace.core.config.Settings;

import java.util.ArrayList;
import java.util.List;

/** What the commands about settings share. */
final class ConfigKeys {
    private static final int PREFIX = "marketplace.".length();

    private ConfigKeys() {}

    static SettingKey find(String name) {
        return SettingKey.find(name).orElseThrow(() -> unknown(name));
    }

    private static RuntimeException unknown(String name) {
        List<String> names = new ArrayList<>(SettingKey.all().keySet());
        for (String full : SettingKey.all().keySet()) {
            names.add(full.substring(PREFIX));
            names.add(full.substring(full.lastIndexOf('.') + 1));
        }
        return Arguments.usage(
                "there is no setting `" + name + "`",
                Nearest.of(name, names)
                        .map(near -> "did you mean " + near + "?")
                        .orElse("`ggen m config list` shows all"));
    }

    /** Writes the fields of one setting. */
    static Json json(Json out, SettingKey key, Settings settings) {
        return out.field("key", key.name())
                .field("value", settings.text(key))
                .field("source", settings.given(key.name()).map(Settings.Given::source))
                .field("default", key.fallback());
    }
}

package io.ggen.marketplace.core.config;

import java.util.ArrayList;
import java.util.List;

/** Makes checked values of texts. */
final class Values {
    private Values() {}

    /** Reads {@code text}; a list's items are separated by commas. */
    static Settings.Given of(SettingKey key, String text, String source) {
        List<String> values = new ArrayList<>();
        if (key.kind() == SettingKind.TEXTS) {
            for (String item : text.split(",", -1)) {
                if (!item.isBlank()) {
                    values.add(item.strip());
                }
            }
        } else {
            values.add(text.strip());
        }
        for (String value : values) {
            key.check(value);
        }
        return new Settings.Given(values, source);
    }

    /** Returns the value of {@code key} as it stands in TOML. */
    static String toml(SettingKey key, String text) {
        Settings.Given given = of(key, text, "");
        if (key.kind() != SettingKind.TEXTS) {
            String value = given.values().getFirst();
            return key.kind().isBare() ? value : TomlEdit.quoted(value);
        }
        StringBuilder list = new StringBuilder("[");
        for (String value : given.values()) {
            list.append(list.length() > 1 ? ", " : "").append(TomlEdit.quoted(value));
        }
        return list.append(']').toString();
    }
}

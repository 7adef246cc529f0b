package io.ggen.marketplace.core.config;

import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.multiformats.Multiaddr;

import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** One TOML file of settings. */
final class SettingsFile {
    /** What a project may set: nothing that points elsewhere on the machine. */
    private static final Set<String> OF_PROJECT =
            Set.of(
                    "marketplace.registry",
                    "marketplace.publisher",
                    "marketplace.minimum_age",
                    "marketplace.lock_wait",
                    "marketplace.offline",
                    "marketplace.cache_capacity");

    /** The setting that is a list of tables. */
    static final String NODES = "marketplace.p2p.bootstrap_nodes";

    private final Path file;
    private final TomlParseResult toml;
    private final Consumer<String> warnings;

    SettingsFile(Path file, String text, Consumer<String> warnings) {
        this.file = file;
        this.warnings = warnings;
        this.toml = Toml.parse(text);
        if (toml.hasErrors()) {
            TomlParseError error = toml.errors().getFirst();
            throw wrong(error.position(), String.valueOf(error.getMessage()));
        }
    }

    /** Adds all settings of the file. */
    void into(Map<String, Settings.Given> given) {
        for (String key : toml.keySet()) {
            if (key.equals("marketplace")) {
                table(List.of(key), given);
            } else {
                warnings.accept(unknown(List.of(key)));
            }
        }
    }

    /** Adds the settings that a project may make; warns of others. */
    void intoFromProject(Map<String, Settings.Given> given) {
        Map<String, Settings.Given> found = new java.util.TreeMap<>();
        if (toml.contains(List.of("marketplace"))) {
            table(List.of("marketplace"), found);
        }
        found.forEach((name, value) -> {
            if (OF_PROJECT.contains(name)) {
                given.put(name, value);
            } else {
                warnings.accept(
                        file
                                + ": "
                                + name
                                + " is not taken from a project; set it with"
                                + " `ggen m config set`");
            }
        });
    }

    private void table(List<String> path, Map<String, Settings.Given> given) {
        if (!(toml.get(path) instanceof TomlTable table)) {
            throw wrong(toml.inputPositionOf(path), String.join(".", path) + " is not a table");
        }
        for (String key : table.keySet()) {
            List<String> inner = new ArrayList<>(path);
            inner.add(key);
            entry(inner, given);
        }
    }

    private void entry(List<String> path, Map<String, Settings.Given> given) {
        String name = String.join(".", path);
        SettingKey key = SettingKey.all().get(name);
        if (key != null) {
            given.put(name, value(key, path));
        } else if (name.equals(NODES)) {
            given.put(name, nodes(path));
        } else if (isTable(name)) {
            table(path, given);
        } else {
            warnings.accept(unknown(path));
        }
    }

    private static boolean isTable(String name) {
        return name.equals("marketplace.p2p") || name.equals("marketplace.p2p.reputation");
    }

    private Settings.Given nodes(List<String> path) {
        List<String> addresses = new ArrayList<>();
        if (!(toml.get(path) instanceof TomlArray array)) {
            throw wrong(toml.inputPositionOf(path), NODES + " is a list of tables");
        }
        for (int i = 0; i < array.size(); i++) {
            addresses.add(node(array.get(i), array.inputPositionOf(i)).toString());
        }
        return new Settings.Given(addresses, file.toString());
    }

    private BootstrapNode node(
            @org.jspecify.annotations.Nullable Object value,
            @org.jspecify.annotations.Nullable TomlPosition position) {
        if (!(value instanceof TomlTable node && node.get("address") instanceof String address)) {
            throw wrong(position, "a bootstrap node needs an address");
        }
        Object priority = node.contains("priority") ? node.get("priority") : (Object) 0L;
        Object region = node.contains("region") ? node.get("region") : "";
        if (!(priority instanceof Long number && region instanceof String word)) {
            throw wrong(position, "priority is a whole number, and region a word");
        }
        try {
            return new BootstrapNode(Multiaddr.parse(address), Math.toIntExact(number), word);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw wrong(position, "not a bootstrap node: " + e.getMessage());
        }
    }

    private Settings.Given value(SettingKey key, List<String> path) {
        Object value = toml.get(path);
        List<String> texts = new ArrayList<>();
        if (value instanceof TomlArray array && key.kind() == SettingKind.TEXTS) {
            for (int i = 0; i < array.size(); i++) {
                texts.add(text(key, array.get(i), array.inputPositionOf(i)));
            }
        } else if (key.kind() != SettingKind.TEXTS) {
            texts.add(text(key, value, toml.inputPositionOf(path)));
        } else {
            throw wrong(toml.inputPositionOf(path), key.name() + " is " + key.expected());
        }
        return new Settings.Given(texts, file.toString());
    }

    private String text(
            SettingKey key,
            @org.jspecify.annotations.Nullable Object value,
            @org.jspecify.annotations.Nullable TomlPosition position) {
        boolean rightType =
                switch (key.kind()) {
                    case WHOLE -> value instanceof Long;
                    case FRACTION -> value instanceof Long || value instanceof Double;
                    case SWITCH -> value instanceof Boolean;
                    default -> value instanceof String;
                };
        if (!rightType) {
            throw wrong(position, key.name() + " is " + key.expected() + ", not " + shown(value));
        }
        try {
            key.check(String.valueOf(value));
        } catch (IllegalArgumentException e) {
            throw wrong(position, String.valueOf(e.getMessage()));
        }
        return String.valueOf(value);
    }

    private static String shown(@org.jspecify.annotations.Nullable Object value) {
        return switch (value) {
            case String text -> "the text \"" + text + "\"";
            case TomlTable _ -> "a table";
            case TomlArray _ -> "a list";
            case null, default -> String.valueOf(value);
        };
    }

    private String unknown(List<String> path) {
        String name = String.join(".", path);
        return place(toml.inputPositionOf(path))
                + "there is no setting "
                + name
                + Nearest.of(name, SettingKey.all().keySet())
                        .map(near -> "; did you mean " + near + "?")
                        .orElse("; `ggen m config list` shows all");
    }

    private MarketplaceException wrong(
            @org.jspecify.annotations.Nullable TomlPosition position, String reason) {
        return new MarketplaceException(
                ErrorCode.VALIDATION,
                place(position) + reason,
                "correct the file; `ggen m config list` shows every setting");
    }

    private String place(@org.jspecify.annotations.Nullable TomlPosition position) {
        return position == null
                ? file + ": "
                : file + ":" + position.line() + ":" + position.column() + ": ";
    }
}

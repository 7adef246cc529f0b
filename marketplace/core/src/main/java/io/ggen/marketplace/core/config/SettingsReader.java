package io.ggen.marketplace.core.config;

import io.ggen.marketplace.core.Home;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads the settings in force: the environment wins over the project's {@code ggen.toml}, which
 * wins over {@code config.toml}. Where none of them says anything, no parser is loaded.
 */
public final class SettingsReader {
    private static final String PREFIX = "GGEN_";

    /** Variables of this program that are no settings. */
    private static final Set<String> OTHERS =
            Set.of("GGEN_HOME", "GGEN_DIST", "GGEN_JAVA_HOME", "GGEN_JAVA_OPTS", "GGEN_PASSPHRASE");

    private final Home home;
    private final Path config;
    private final Path userHome;
    private final Consumer<String> warnings;

    /**
     * Makes a reader.
     *
     * @param userHome what {@code ~} means
     * @param warnings hears of keys that do not exist
     */
    public SettingsReader(Home home, Path userHome, Consumer<String> warnings) {
        this(home, home.config(), userHome, warnings);
    }

    private SettingsReader(Home home, Path config, Path userHome, Consumer<String> warnings) {
        this.home = home;
        this.config = config;
        this.userHome = userHome;
        this.warnings = warnings;
    }

    /** Returns a reader of another file than the home's {@code config.toml}; it must be there. */
    public SettingsReader of(Path file) {
        return new SettingsReader(home, file, userHome, warnings);
    }

    /**
     * Reads all settings.
     *
     * @param variables the environment
     * @param manifest the project's {@code ggen.toml}
     * @throws MarketplaceException VALIDATION with file, line and column for a wrong value
     */
    public Settings read(Map<String, String> variables, Optional<Path> manifest) {
        Map<String, Settings.Given> given = new HashMap<>();
        Optional<String> all = text(config);
        if (all.isEmpty() && !config.equals(home.config())) {
            throw new MarketplaceException(
                    ErrorCode.USAGE, "there is no file " + config, "check the path");
        }
        all.ifPresent(text -> new SettingsFile(config, text, warnings).into(given));
        manifest.ifPresent(file -> project(file, given));
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            if (variable.getKey().startsWith(PREFIX) && !OTHERS.contains(variable.getKey())) {
                variable(variable.getKey(), variable.getValue(), given);
            }
        }
        String p2p = variables.getOrDefault("P2P_ENABLED", "");
        if (!p2p.isEmpty()) {
            put("marketplace.p2p.enabled", p2p, "P2P_ENABLED", given);
        }
        return new Settings(home, userHome, given);
    }

    private void project(Path file, Map<String, Settings.Given> given) {
        Optional<String> text = text(file).filter(all -> all.contains("[marketplace"));
        text.ifPresent(all -> new SettingsFile(file, all, warnings).intoFromProject(given));
    }

    private void variable(String name, String value, Map<String, Settings.Given> given) {
        for (SettingKey key : SettingKey.all().values()) {
            if (key.variable().equals(name)) {
                put(key.name(), value, name, given);
                return;
            }
        }
        Nearest.of(name, SettingKey.all().values().stream().map(SettingKey::variable).toList())
                .ifPresent(near ->
                        warnings.accept(
                                "the variable "
                                        + name
                                        + " means nothing; did you mean "
                                        + near
                                        + "?"));
    }

    private static void put(
            String name, String value, String source, Map<String, Settings.Given> given) {
        SettingKey key = SettingKey.find(name).orElseThrow();
        try {
            given.put(name, Values.of(key, value, source));
        } catch (IllegalArgumentException e) {
            throw new MarketplaceException(
                            ErrorCode.VALIDATION,
                            "the variable " + source + " is wrong: " + e.getMessage(),
                            "set it to " + key.expected() + ", or unset it")
                    .causedBy(e);
        }
    }

    private static Optional<String> text(Path file) {
        try {
            return Optional.of(Files.readString(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}

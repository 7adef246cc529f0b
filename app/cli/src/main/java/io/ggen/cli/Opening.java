package io.ggen.cli;

import io.ggen.marketplace.core.Home;
import io.ggen.marketplace.core.RegistryProvider;
import io.ggen.marketplace.core.config.Settings;
import io.ggen.marketplace.core.config.SettingsReader;
import io.ggen.marketplace.core.network.NetworkProvider;
import io.ggen.marketplace.core.session.Session;
import io.ggen.marketplace.core.session.SessionRequest;

import java.nio.file.Path;
import java.util.Optional;

/** Opens the session that a command line asks for. */
final class Opening {
    private Opening() {}

    /**
     * What the command itself asks for.
     *
     * @param registry the only one it works with
     * @param config the file to read instead of the home's
     */
    record Chosen(Optional<String> registry, Optional<Path> config) {}

    static Session open(Arguments arguments, Console console, Surroundings around, Chosen chosen) {
        Home home = home(arguments, around);
        Settings settings = settings(home, chosen.config(), console, around);
        SessionRequest.Choices choices =
                new SessionRequest.Choices(
                        chosen.registry().or(() -> registry(arguments, around)),
                        arguments.value("--publisher"),
                        arguments.has("--offline"));
        return Session.open(
                new SessionRequest(
                        home,
                        settings,
                        around.directory(),
                        choices,
                        new SessionRequest.Services(
                                Version.TEXT,
                                around.clock(),
                                progress(arguments, console, around),
                                new AskedPassphrases(around, console, arguments.has("--encrypt")),
                                Providers.of(
                                        RegistryProvider.class,
                                        System.getProperty("ggen.registries", "")),
                                networks())));
    }

    private static Providers<NetworkProvider> networks() {
        return Providers.of(NetworkProvider.class, System.getProperty("ggen.networks", ""));
    }

    /** Returns whether this program has a network; opens nothing of it. */
    static boolean hasNetwork() {
        return networks().iterator().hasNext();
    }

    static Home home(Arguments arguments, Surroundings around) {
        return new Home(arguments.value("--home").map(around::path).orElseGet(around::home));
    }

    static Settings settings(Home home, Console console, Surroundings around) {
        return settings(home, Optional.empty(), console, around);
    }

    private static Settings settings(
            Home home, Optional<Path> config, Console console, Surroundings around) {
        Optional<Path> manifest = Session.manifest(around.directory());
        SettingsReader reader = new SettingsReader(home, around.path("~"), console::warn);
        return config.map(reader::of).orElse(reader).read(around.variables(), manifest);
    }

    private static Optional<String> registry(Arguments arguments, Surroundings around) {
        Optional<String> given = arguments.value("--registry");
        if (given.isEmpty() && arguments.has("--p2p")) {
            return Optional.of("hybrid");
        }
        return given.map(name ->
                name.startsWith("~") || name.startsWith(".") ? around.path(name).toString() : name);
    }

    private static ProgressLines progress(
            Arguments arguments, Console console, Surroundings around) {
        String how = arguments.value("--progress").orElse("auto");
        return switch (how) {
            case "auto" -> new ProgressLines(console, around.clock(), around.terminal().err());
            case "json" -> new ProgressLines(console, around.clock(), false).asJson();
            default ->
                    throw Arguments.usage("--progress is auto or json, not " + how, "leave it out");
        };
    }
}

package io.ggen.marketplace.core.config;

import io.ggen.base.ByteSize;
import io.ggen.marketplace.core.Home;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The settings in force. Every value was checked when it was read; where nobody set one, its
 * default holds. Immutable.
 */
public final class Settings {
    private final Home home;
    private final Path userHome;
    private final Map<String, Given> given;

    /**
     * A value that somebody set.
     *
     * @param values one text, or any number for a list
     * @param source who set it: a variable or a file
     */
    public record Given(List<String> values, String source) {
        /** Copies the list. */
        public Given {
            values = List.copyOf(values);
        }

        /** Returns the value as one text. */
        public String text() {
            return String.join(",", values);
        }
    }

    /** Makes settings of checked values, by full name. */
    Settings(Home home, Path userHome, Map<String, Given> given) {
        this.home = home;
        this.userHome = userHome;
        this.given = new TreeMap<>(given);
    }

    /** Returns the defaults of {@code home}. */
    public static Settings defaults(Home home) {
        return new Settings(home, home.root(), Map.of());
    }

    /** Returns who set the setting, and to what. */
    public Optional<Given> given(String name) {
        return Optional.ofNullable(given.get(name));
    }

    private String text(String name, String fallback) {
        Given value = given.get(name);
        return value == null ? fallback : value.text();
    }

    private Path path(String name, Path fallback) {
        Given value = given.get(name);
        return value == null ? fallback : resolve(value.text());
    }

    private Path resolve(String text) {
        return text.startsWith("~/")
                ? userHome.resolve(text.substring(2)).normalize()
                : home.root().resolve(text).normalize();
    }

    /** Returns where packages come from: {@code file}, {@code hybrid}, a directory … */
    public String registry() {
        return text("marketplace.registry", p2pEnabled() ? "hybrid" : "file");
    }

    /** Returns the file registry's directory. */
    public Path registryPath() {
        return path("marketplace.registry_path", home.registry());
    }

    /** Returns where globally installed packages stand. */
    public Path packagesPath() {
        return path("marketplace.packages_path", home.packages());
    }

    /** Returns whose packages are meant where a command does not say. */
    public Optional<String> publisher() {
        return given("marketplace.publisher").map(Given::text).filter(text -> !text.isEmpty());
    }

    /** Returns how many packages a registry keeps in memory. */
    public int cacheCapacity() {
        return (int) Math.min(1 << 20, Long.parseLong(text("marketplace.cache_capacity", "100")));
    }

    /** Returns how old a release must be to be newly chosen. */
    public Duration minimumAge() {
        Given value = given.get("marketplace.minimum_age");
        return value == null ? Duration.ZERO : Durations.parse(value.text());
    }

    /** Returns how large a package may be when it is unpacked. */
    public ByteSize maxUnpacked() {
        Given value = given.get("marketplace.max_unpacked");
        return value == null ? ByteSize.mib(1024) : ByteSize.parse(value.text());
    }

    /** Returns how long to wait for another process. */
    public Duration lockWait() {
        Given value = given.get("marketplace.lock_wait");
        return value == null ? Duration.ofSeconds(15) : Durations.parse(value.text());
    }

    /** Returns whether the network must not be used. */
    public boolean offline() {
        return text("marketplace.offline", "false").equals("true");
    }

    /** Returns whether plain commands use peers too. */
    public boolean p2pEnabled() {
        return text("marketplace.p2p.enabled", "false").equals("true");
    }

    /** Returns the items of a list, or its default. */
    public List<String> texts(SettingKey key) {
        Given value = given.get(key.name());
        return value != null
                ? value.values()
                : key.fallback().isEmpty() ? List.of() : List.of(key.fallback().split(",", -1));
    }

    /** Returns the path that somebody set, as seen from the home. */
    public Optional<Path> path(SettingKey key) {
        return given(key.name()).map(value -> resolve(value.text()));
    }

    /** Returns the nodes to join the network through, in the order of the file. */
    public List<BootstrapNode> bootstrapNodes() {
        Given nodes = given.get(SettingsFile.NODES);
        return nodes == null
                ? List.of()
                : nodes.values().stream().map(BootstrapNode::parse).toList();
    }

    /** Returns the value of any setting as text: who set it, else its default. */
    public String text(SettingKey key) {
        return switch (key.name()) {
            case "marketplace.registry_path" -> registryPath().toString();
            case "marketplace.packages_path" -> packagesPath().toString();
            default -> text(key.name(), key.fallback());
        };
    }
}

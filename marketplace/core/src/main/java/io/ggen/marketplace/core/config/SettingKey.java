package io.ggen.marketplace.core.config;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A setting that exists.
 *
 * @param name with its tables: {@code marketplace.p2p.dht_mode}
 * @param fallback what holds where nobody sets it; list items separated by commas
 * @param choices the only values allowed, or none for any
 * @param help one line
 */
public record SettingKey(
        String name, SettingKind kind, String fallback, List<String> choices, String help) {
    private static final Map<String, SettingKey> ALL = table();

    private static Map<String, SettingKey> table() {
        Map<String, SettingKey> all = new TreeMap<>();
        marketplace(all);
        network(all);
        return Collections.unmodifiableMap(all);
    }

    private static void marketplace(Map<String, SettingKey> all) {
        key(
                all,
                "marketplace.registry",
                SettingKind.TEXT,
                "file",
                "file, p2p, hybrid, a directory or URL");
        key(
                all,
                "marketplace.registry_path",
                SettingKind.PATH,
                "~/.ggen/registry",
                "the file registry");
        key(
                all,
                "marketplace.packages_path",
                SettingKind.PATH,
                "~/.ggen/packages",
                "global packages");
        key(
                all,
                "marketplace.publisher",
                SettingKind.TEXT,
                "",
                "whose packages: a did:key or petname");
        key(all, "marketplace.cache_capacity", SettingKind.WHOLE, "100", "packages kept in memory");
        key(
                all,
                "marketplace.minimum_age",
                SettingKind.DURATION,
                "0s",
                "youngest release to install");
        key(all, "marketplace.max_unpacked", SettingKind.SIZE, "1GiB", "largest package, unpacked");
        key(
                all,
                "marketplace.lock_wait",
                SettingKind.DURATION,
                "15s",
                "how long to wait for a lock");
        key(all, "marketplace.offline", SettingKind.SWITCH, "false", "use this machine alone");
    }

    private static void network(Map<String, SettingKey> all) {
        String p2p = "marketplace.p2p.";
        key(all, p2p + "enabled", SettingKind.SWITCH, "false", "search and install from peers too");
        key(
                all,
                p2p + "listen_addresses",
                SettingKind.TEXTS,
                "/ip4/0.0.0.0/tcp/0",
                "where to listen");
        choice(all, p2p + "role", "community", "bootstrap", "client");
        choice(all, p2p + "dht_mode", "auto", "server", "client");
        key(all, p2p + "packages_topic", SettingKind.TEXT, "/ggen/packages/v1", "gossip topic");
        key(all, p2p + "mdns", SettingKind.SWITCH, "true", "find peers on the local network");
        key(
                all,
                p2p + "private_network_key",
                SettingKind.PATH,
                "",
                "swarm key of a private network");
        key(all, p2p + "store_limit", SettingKind.SIZE, "10GiB", "most the node keeps for others");
        key(all, p2p + "upload_limit", SettingKind.RATE, "", "most it sends");
        key(all, p2p + "download_limit", SettingKind.RATE, "", "most it fetches");
        key(all, p2p + "max_connections", SettingKind.WHOLE, "256", "most connections");
        key(all, p2p + "catalogue_records", SettingKind.WHOLE, "1000000", "most records known");
        key(all, p2p + "catalogue_bytes", SettingKind.SIZE, "2GiB", "most bytes of records");
        key(all, p2p + "http_gateways", SettingKind.TEXTS, "", "gateways to fall back to");
        key(
                all,
                p2p + "gateway_listen",
                SettingKind.TEXT,
                "127.0.0.1:0",
                "where our gateway listens");
        key(all, p2p + "api_certificate", SettingKind.PATH, "", "TLS certificate of the API");
        key(all, p2p + "api_key", SettingKind.PATH, "", "TLS key of the API");
        String reputation = p2p + "reputation.";
        key(
                all,
                reputation + "min_reputation",
                SettingKind.FRACTION,
                "0.5",
                "least of a good peer");
        key(all, reputation + "prune_threshold", SettingKind.FRACTION, "0.2", "forget peers below");
        key(all, reputation + "prune_after_days", SettingKind.WHOLE, "7", "after so many days");
    }

    private static void key(
            Map<String, SettingKey> all,
            String name,
            SettingKind kind,
            String fallback,
            String help) {
        all.put(name, new SettingKey(name, kind, fallback, List.of(), help));
    }

    private static void choice(Map<String, SettingKey> all, String name, String... choices) {
        String help = String.join(", ", choices);
        all.put(name, new SettingKey(name, SettingKind.TEXT, choices[0], List.of(choices), help));
    }

    /** Returns all settings by name. */
    public static Map<String, SettingKey> all() {
        return ALL;
    }

    /** Finds a setting by its name, with or without the tables before it. */
    public static Optional<SettingKey> find(String name) {
        SettingKey exact = ALL.get(name);
        if (exact != null) {
            return Optional.of(exact);
        }
        for (SettingKey key : ALL.values()) {
            if (key.name().endsWith("." + name)) {
                return Optional.of(key);
            }
        }
        return Optional.empty();
    }

    /** Returns the environment variable of this setting: {@code GGEN_P2P_DHT_MODE}. */
    public String variable() {
        String bare = name.substring("marketplace.".length());
        return "GGEN_" + bare.replace('.', '_').toUpperCase(Locale.ROOT);
    }

    /** Throws IllegalArgumentException that says why {@code text} is no value of this setting. */
    public void check(String text) {
        boolean fits;
        try {
            kind.check(text);
            fits = choices.isEmpty() || choices.contains(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    name + " is " + expected() + ", not `" + text + "`", e);
        }
        if (!fits) {
            throw new IllegalArgumentException(name + " is " + expected() + ", not `" + text + "`");
        }
    }

    /** Returns what a value of this setting looks like. */
    public String expected() {
        return choices.isEmpty() ? kind.description() : "one of " + String.join(", ", choices);
    }
}

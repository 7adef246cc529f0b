package io.ggen.marketplace.core.network;

import io.ggen.base.ByteSize;
import io.ggen.marketplace.core.config.BootstrapNode;
import io.ggen.marketplace.core.config.SettingKey;
import io.ggen.marketplace.core.config.Settings;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.multiformats.Multiaddr;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Reads the options of a node out of the settings in force. */
public final class NetworkSettings {
    private static final String P2P = "marketplace.p2p.";

    private final Settings settings;

    private NetworkSettings(Settings settings) {
        this.settings = settings;
    }

    /**
     * Reads all options.
     *
     * @throws MarketplaceException VALIDATION that names the setting and who set it
     */
    public static NetworkOptions read(Settings settings) {
        return new NetworkSettings(settings).options();
    }

    private NetworkOptions options() {
        return new NetworkOptions(
                of("role", it -> NetworkOptions.Role.valueOf(it.toUpperCase(Locale.ROOT))),
                of("dht_mode", it -> NetworkOptions.DhtMode.valueOf(it.toUpperCase(Locale.ROOT))),
                listen(),
                settings.bootstrapNodes().stream()
                        .sorted(Comparator.comparingInt(BootstrapNode::priority))
                        .toList(),
                of("packages_topic", NetworkSettings::topic),
                of("mdns", Boolean::parseBoolean),
                settings.path(key("private_network_key")),
                limits(),
                new NetworkOptions.Gateways(
                        settings.texts(key("http_gateways")),
                        of("gateway_listen", HostPort::parse)),
                api(),
                reputation(),
                settings.maxUnpacked());
    }

    private static String topic(String text) {
        if (text.isBlank() || text.length() > 128) {
            throw new IllegalArgumentException("a topic has 1 to 128 characters");
        }
        return text;
    }

    private List<Multiaddr> listen() {
        return settings.texts(key("listen_addresses")).stream()
                .map(it -> checked("listen_addresses", it, Multiaddr::parse))
                .toList();
    }

    private NetworkLimits limits() {
        return new NetworkLimits(
                of("store_limit", ByteSize::parse),
                rate("upload_limit"),
                rate("download_limit"),
                of("max_connections", NetworkSettings::connections),
                of("catalogue_records", Long::parseLong),
                of("catalogue_bytes", ByteSize::parse));
    }

    private static int connections(String text) {
        int connections = (int) Math.min(1 << 20, Long.parseLong(text));
        if (connections < 1) {
            throw new IllegalArgumentException("a node needs at least one connection");
        }
        return connections;
    }

    private Optional<ByteSize> rate(String name) {
        String text = settings.text(key(name));
        return text.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        checked(
                                name,
                                text,
                                it -> ByteSize.parse(it.substring(0, it.length() - 2))));
    }

    private NetworkOptions.ApiOptions api() {
        try {
            return new NetworkOptions.ApiOptions(
                    HostPort.LOOPBACK,
                    settings.path(key("api_certificate")),
                    settings.path(key("api_key")),
                    false);
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()), e);
        }
    }

    private NetworkOptions.ReputationPolicy reputation() {
        return new NetworkOptions.ReputationPolicy(
                of("reputation.min_reputation", Double::parseDouble),
                of("reputation.prune_threshold", Double::parseDouble),
                of("reputation.prune_after_days", it -> Duration.ofDays(days(it))));
    }

    private static long days(String text) {
        return Math.min(36_500, Long.parseLong(text));
    }

    private static SettingKey key(String name) {
        return SettingKey.find(P2P + name).orElseThrow();
    }

    private <T> T of(String name, Function<String, T> reading) {
        return checked(name, settings.text(key(name)), reading);
    }

    private <T> T checked(String name, String text, Function<String, T> reading) {
        try {
            return reading.apply(text);
        } catch (IllegalArgumentException e) {
            String source =
                    settings.given(P2P + name).map(given -> given.source() + ": ").orElse("");
            throw wrong(source + P2P + name + " is `" + text + "`: " + e.getMessage(), e);
        }
    }

    private static MarketplaceException wrong(String message, IllegalArgumentException cause) {
        return new MarketplaceException(
                        ErrorCode.VALIDATION,
                        message,
                        "set it with `ggen m config set`; `ggen m config list` shows every setting")
                .causedBy(cause);
    }
}

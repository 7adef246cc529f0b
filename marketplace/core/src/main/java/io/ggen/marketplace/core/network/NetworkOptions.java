package io.ggen.marketplace.core.network;

import io.ggen.base.ByteSize;
import io.ggen.marketplace.core.config.BootstrapNode;
import io.ggen.multiformats.Multiaddr;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a node of the network is set up: the table {@code [marketplace.p2p]} of config.toml, with
 * what the command line says instead.
 *
 * @param role what the node does for others (community)
 * @param dhtMode whether it answers lookups (auto)
 * @param listen where it listens ({@code /ip4/0.0.0.0/tcp/0}); nowhere when empty
 * @param bootstrap nodes to join through (none), those of lower priority first
 * @param packagesTopic the gossip topic ({@code /ggen/packages/v1})
 * @param mdns whether peers are found on the local network (true)
 * @param privateNetworkKey file of the key that all peers of a private network share (none)
 * @param reputation which peers are good
 * @param maxUnpacked largest content of a package (1 GiB)
 */
public record NetworkOptions(
        Role role,
        DhtMode dhtMode,
        List<Multiaddr> listen,
        List<BootstrapNode> bootstrap,
        String packagesTopic,
        boolean mdns,
        Optional<Path> privateNetworkKey,
        NetworkLimits limits,
        Gateways gateways,
        ApiOptions api,
        ReputationPolicy reputation,
        ByteSize maxUnpacked) {
    /** What a node does for others. */
    public enum Role {
        /** Keeps, announces and serves what it publishes, installs, pins or mirrors. */
        COMMUNITY,
        /** Routes alone: answers lookups, keeps no content. */
        BOOTSTRAP,
        /** Uses the network and does nothing for it. */
        CLIENT
    }

    /** Whether a node answers the lookups of others. */
    public enum DhtMode {
        /** As soon as others can reach it. */
        AUTO,
        /** Always. */
        SERVER,
        /** Never. */
        CLIENT
    }

    /**
     * Gateways over plain HTTP.
     *
     * @param fallbacks URLs of others' gateways, asked when no peer gives the content (none)
     * @param listen where ours listens ({@code 127.0.0.1:0})
     */
    public record Gateways(List<String> fallbacks, HostPort listen) {
        /** Copies the list. */
        public Gateways {
            fallbacks = List.copyOf(fallbacks);
        }
    }

    /**
     * Where the API listens.
     *
     * @param listen a loopback address ({@code 127.0.0.1:0}), or another with a certificate
     * @param certificate PEM file with the chain; needed beyond loopback
     * @param key PEM file, PKCS#8
     * @param exposed whether the user agreed to an address that others can reach
     */
    public record ApiOptions(
            HostPort listen, Optional<Path> certificate, Optional<Path> key, boolean exposed) {
        /** Refuses a certificate without its key, and the other way round. */
        public ApiOptions {
            if (certificate.isPresent() != key.isPresent()) {
                throw new IllegalArgumentException(
                        "api_certificate and api_key belong together; one of them is missing");
            }
        }

        /** Returns these with another address. */
        public ApiOptions at(HostPort address, boolean agreed) {
            return new ApiOptions(address, certificate, key, agreed);
        }
    }

    /**
     * Which peers are good.
     *
     * @param minimum least reputation of a good peer (0.5)
     * @param pruneThreshold peers below are forgotten (0.2) …
     * @param pruneAfter … after this time (7 days)
     */
    public record ReputationPolicy(double minimum, double pruneThreshold, Duration pruneAfter) {}

    /** Copies the lists. */
    public NetworkOptions {
        listen = List.copyOf(listen);
        bootstrap = List.copyOf(bootstrap);
        if (packagesTopic.isBlank()) {
            throw new IllegalArgumentException("packages_topic is empty");
        }
    }

    /** Returns the defaults. */
    public static NetworkOptions standard() {
        return new NetworkOptions(
                Role.COMMUNITY,
                DhtMode.AUTO,
                List.of(Multiaddr.parse("/ip4/0.0.0.0/tcp/0")),
                List.of(),
                "/ggen/packages/v1",
                true,
                Optional.empty(),
                NetworkLimits.standard(),
                new Gateways(List.of(), HostPort.LOOPBACK),
                new ApiOptions(HostPort.LOOPBACK, Optional.empty(), Optional.empty(), false),
                new ReputationPolicy(0.5, 0.2, Duration.ofDays(7)),
                ByteSize.mib(1024));
    }

    /** Returns these with other addresses to listen on. */
    public NetworkOptions listeningOn(List<Multiaddr> addresses) {
        return with(dhtMode, addresses, bootstrap, mdns, api);
    }

    /** Returns these with other nodes to join through. */
    public NetworkOptions joining(List<BootstrapNode> nodes) {
        return with(dhtMode, listen, nodes, mdns, api);
    }

    /** Returns these with another mode of the DHT. */
    public NetworkOptions in(DhtMode mode) {
        return with(mode, listen, bootstrap, mdns, api);
    }

    /** Returns these with another place of the API. */
    public NetworkOptions withApi(ApiOptions other) {
        return with(dhtMode, listen, bootstrap, mdns, other);
    }

    /** Returns these without discovery on the local network. */
    public NetworkOptions withoutMdns() {
        return with(dhtMode, listen, bootstrap, false, api);
    }

    private NetworkOptions with(
            DhtMode otherMode,
            List<Multiaddr> otherListen,
            List<BootstrapNode> otherBootstrap,
            boolean otherMdns,
            ApiOptions otherApi) {
        return new NetworkOptions(
                role,
                otherMode,
                otherListen,
                otherBootstrap,
                packagesTopic,
                otherMdns,
                privateNetworkKey,
                limits,
                gateways,
                otherApi,
                reputation,
                maxUnpacked);
    }
}

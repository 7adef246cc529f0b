package io.ggen.marketplace.core.network;

import io.ggen.multiformats.Multiaddr;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How a node is.
 *
 * @param running whether it goes on when the command that asks has ended
 * @param addresses where it listens, each ending in {@code /p2p/ID}
 * @param peers how many peers are connected
 * @param routingTable how many peers its routing table holds
 * @param dhtMode {@code server} or {@code client}, as it is now
 * @param connectivity {@code good}, {@code limited} or {@code alone}
 * @param lastBootstrap when a lookup of itself last reached somebody
 * @param nat what is known of how others can reach it, such as {@code public} or {@code unknown}
 * @param gateway where its gateway over plain HTTP listens
 * @param uptime since it started
 * @param api where its API listens; filled in by whoever runs one
 * @param limits in force
 */
public record NodeStatus(
        boolean running,
        String peerId,
        List<Multiaddr> addresses,
        int peers,
        int routingTable,
        String dhtMode,
        String connectivity,
        Optional<Instant> lastBootstrap,
        String nat,
        CatalogueState catalogue,
        StoreState store,
        Optional<String> gateway,
        Duration uptime,
        Optional<String> api,
        NetworkLimits limits) {
    /**
     * The replicated catalogue.
     *
     * @param freshness when records were last exchanged with a peer
     */
    public record CatalogueState(long releases, long publishers, Optional<Instant> freshness) {}

    /**
     * What is kept on disk for others.
     *
     * @param bytes in use
     * @param limit most bytes
     */
    public record StoreState(long bytes, long limit) {}

    /** Copies the list. */
    public NodeStatus {
        addresses = List.copyOf(addresses);
    }

    /** Returns this as the node of an API at {@code url}. */
    public NodeStatus servedAt(String url) {
        return new NodeStatus(
                true,
                peerId,
                addresses,
                peers,
                routingTable,
                dhtMode,
                connectivity,
                lastBootstrap,
                nat,
                catalogue,
                store,
                gateway,
                uptime,
                Optional.of(url),
                limits);
    }
}

package io.ggen.marketplace.p2p.node;

import io.ggen.libp2p.host.Host;
import io.ggen.marketplace.core.network.NetworkLimits;
import io.ggen.marketplace.core.network.NodeActivity;
import io.ggen.marketplace.core.network.NodeStatus;
import io.ggen.marketplace.p2p.catalogue.CatalogueStatus;
import io.ggen.multiformats.Multiaddr;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Says how a node is, from what its parts say. */
final class StatusReport {
    private final Assembly assembly;
    private final Parts parts;

    StatusReport(Assembly assembly) {
        this.assembly = assembly;
        this.parts = assembly.parts();
    }

    NodeStatus at(Instant begun) {
        Instant now = parts.context().clock().instant();
        NetworkLimits limits = parts.context().options().limits();
        CatalogueStatus catalogue = parts.catalogue().status();
        return new NodeStatus(
                false,
                parts.host().peerId().toString(),
                addresses(parts.host()),
                assembly.peering().connected(),
                parts.kad().table().size(),
                parts.kad().isServer() ? "server" : "client",
                assembly.peering().connectivity(),
                parts.kad().lastBootstrap(),
                "unknown",
                new NodeStatus.CatalogueState(
                        catalogue.records(),
                        catalogue.publishers(),
                        parts.catalogue().lastExchange()),
                new NodeStatus.StoreState(parts.holdings().usedBytes(), limits.store().bytes()),
                parts.gateway(),
                Duration.between(begun, now),
                Optional.empty(),
                limits);
    }

    /** Returns where a host listens, with its peer id. */
    static List<Multiaddr> addresses(Host host) {
        Multiaddr self = Multiaddr.parse("/p2p/" + host.peerId());
        return host.addresses().stream().map(it -> it.encapsulate(self)).toList();
    }

    NodeActivity activity() {
        Transfers transfers = assembly.transfers();
        return new NodeActivity(
                assembly.dhtQueries(),
                assembly.dhtStores(),
                assembly.topics().received(),
                assembly.topics().rejected(),
                transfers.hits(),
                transfers.misses(),
                parts.host().resources().refused(),
                parts.bitswap().bytesServed(),
                transfers.receivedBytes(),
                transfers.underWay());
    }
}

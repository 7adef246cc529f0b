package io.ggen.marketplace.p2p.node;

import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.host.Connection;
import io.ggen.libp2p.host.Host;
import io.ggen.libp2p.host.HostEvent;
import io.ggen.libp2p.host.PeerStore;
import io.ggen.libp2p.key.PeerId;
import io.ggen.libp2p.protocol.Ping;
import io.ggen.marketplace.core.network.PeerInfo;
import io.ggen.marketplace.p2p.reputation.Reputations;
import io.ggen.multiformats.Multiaddr;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Says what is known of peers; measures each connected one's latency once. Thread-safe. */
final class PeerReports {
    private static final System.Logger LOG = System.getLogger(PeerReports.class.getName());
    private static final Duration LONGEST_PING = Duration.ofSeconds(10);

    private final Host host;
    private final Reputations reputations;
    private final Map<PeerId, Instant> since = new ConcurrentHashMap<>();
    private final Map<PeerId, Duration> latencies = new ConcurrentHashMap<>();

    PeerReports(Parts parts) {
        this.host = parts.host();
        this.reputations = parts.reputations();
    }

    void start() {
        host.onEvent(this::onEvent);
    }

    private void onEvent(HostEvent event) {
        switch (event) {
            case HostEvent.PeerConnected(PeerId peer) ->
                    since.put(peer, host.options().clock().instant());
            case HostEvent.PeerIdentified(PeerId peer) ->
                    Thread.ofVirtual().name("latency").start(() -> measure(peer));
            case HostEvent.PeerDisconnected(PeerId peer) -> {
                since.remove(peer);
                latencies.remove(peer);
            }
            case HostEvent.AddressesChanged _ -> {
                // says nothing of peers
            }
        }
    }

    private void measure(PeerId peer) {
        try {
            Optional<Connection> connection = connection(peer);
            if (connection.isPresent()) {
                latencies.put(peer, Ping.ping(connection.get(), LONGEST_PING));
            }
        } catch (Libp2pException e) {
            LOG.log(System.Logger.Level.DEBUG, () -> peer + " does not answer a ping", e);
        }
    }

    private Optional<Connection> connection(PeerId peer) {
        return host.connections().stream().filter(it -> it.remotePeer().equals(peer)).findFirst();
    }

    /** Returns the connected peers, by peer id. */
    List<PeerInfo> connected() {
        return host.connections().stream()
                .map(it -> it.remotePeer())
                .distinct()
                .map(this::info)
                .sorted(Comparator.comparing(PeerInfo::peerId))
                .toList();
    }

    /** Returns a peer that is connected or remembered. */
    Optional<PeerInfo> of(PeerId peer) {
        boolean known = connection(peer).isPresent() || host.peerStore().peers().contains(peer);
        return known ? Optional.of(info(peer)) : Optional.empty();
    }

    private PeerInfo info(PeerId peer) {
        Optional<PeerStore.Identity> identity = host.peerStore().identity(peer);
        Optional<Multiaddr> connected = connection(peer).map(it -> it.facts().remoteAddress());
        List<Multiaddr> known = host.peerStore().addresses(peer);
        return new PeerInfo(
                peer.toString(),
                known.isEmpty() ? connected.stream().toList() : known,
                identity.map(PeerStore.Identity::agent).orElse(""),
                identity.map(it -> it.protocols().stream().sorted().toList()).orElse(List.of()),
                reputations.of(peer),
                Optional.ofNullable(latencies.get(peer)),
                Optional.ofNullable(since.get(peer)));
    }
}

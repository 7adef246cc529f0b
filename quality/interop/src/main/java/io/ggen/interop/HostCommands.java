package io.ggen.interop;

import io.ggen.libp2p.host.Host;
import io.ggen.libp2p.host.PeerStore;
import io.ggen.libp2p.key.PeerId;
import io.ggen.libp2p.protocol.Identify;
import io.ggen.libp2p.protocol.Ping;
import io.ggen.multiformats.Multiaddr;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What every peer can be told: dial, peers, ping, handle. */
final class HostCommands {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Host host;
    private final Identify identify;

    private HostCommands(Host host, Identify identify) {
        this.host = host;
        this.identify = identify;
    }

    /** Returns the commands by name. */
    static Map<String, Command> of(Host host, Identify identify) {
        var commands = new HostCommands(host, identify);
        return Map.of(
                "dial", commands::dial,
                "peers", words -> Map.of("peers", commands.peers()),
                "ping", commands::ping,
                "handle", commands::handle);
    }

    private Map<String, Object> dial(List<String> words) {
        Multiaddr address = Multiaddr.parse(Command.only(words));
        return Map.of("id", host.dial(address).remotePeer().toString());
    }

    private Map<String, Object> ping(List<String> words) {
        PeerId peer = PeerId.parse(Command.only(words));
        return Map.of("rttMs", Ping.ping(host.dial(peer, List.of()), LIMIT).toNanos() / 1e6);
    }

    private Map<String, Object> handle(List<String> words) {
        host.handle(Command.only(words), Echo::serve);
        identify.pushToAll();
        return Map.of();
    }

    private List<Map<String, Object>> peers() {
        return host.connections().stream()
                .map(connection -> describe(connection.remotePeer()))
                .distinct()
                .toList();
    }

    private Map<String, Object> describe(PeerId peer) {
        var known = host.peerStore().identity(peer);
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", peer.toString());
        fields.put("addrs", host.peerStore().addresses(peer));
        fields.put("agent", known.map(PeerStore.Identity::agent).orElse(""));
        fields.put(
                "protocols",
                new TreeSet<>(known.map(PeerStore.Identity::protocols).orElse(Set.of())));
        return fields;
    }
}

package io.ggen.marketplace.p2p.node;

import io.ggen.libp2p.gossipsub.Gossip;
import io.ggen.libp2p.host.Host;
import io.ggen.libp2p.kad.Kad;
import io.ggen.libp2p.kad.KadPeer;
import io.ggen.libp2p.key.PeerId;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Tells the host whom this node would miss: the peers that gossip relies on most, then those of the
 * routing table. Where connections are to be closed for want of room, others go first. For one
 * thread.
 */
final class Worth {
    private static final int OF_THE_MESH = 20;
    private static final int OF_THE_TABLE = 10;

    private final Host host;
    private final Map<Tag, Supplier<Set<PeerId>>> sources;
    private final Map<Tag, Set<PeerId>> valued;

    Worth(Parts parts) {
        this.host = parts.host();
        Gossip gossip = parts.gossip();
        Kad kad = parts.kad();
        String topic = parts.context().options().packagesTopic();
        this.sources =
                Map.of(
                        new Tag("mesh", OF_THE_MESH), () -> gossip.mesh(topic),
                        new Tag("table", OF_THE_TABLE), () -> peers(kad));
        this.valued = new HashMap<>();
    }

    private record Tag(String name, int points) {}

    private static Set<PeerId> peers(Kad kad) {
        Set<PeerId> peers = new HashSet<>();
        for (KadPeer peer : kad.table()) {
            peers.add(peer.id());
        }
        return peers;
    }

    /** Looks again who is of worth now. */
    void appraise() {
        sources.forEach((tag, source) -> {
            Set<PeerId> now = source.get();
            Set<PeerId> before = valued.getOrDefault(tag, Set.of());
            now.stream()
                    .filter(peer -> !before.contains(peer))
                    .forEach(peer -> host.value(peer, tag.name(), tag.points()));
            before.stream()
                    .filter(peer -> !now.contains(peer))
                    .forEach(peer -> host.value(peer, tag.name(), 0));
            valued.put(tag, now);
        });
    }
}

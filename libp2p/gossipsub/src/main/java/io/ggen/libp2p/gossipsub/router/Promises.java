package io.ggen.libp2p.gossipsub.router;

import io.ggen.base.Bytes;
import io.ggen.libp2p.key.PeerId;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Messages that peers offered and were asked for: one id of each IWANT, picked at random, must come
 * in time.
 *
 * @see <a
 *     href="https://github.com/libp2p/specs/blob/master/pubsub/gossipsub/gossipsub-v1.1.md#spam-protection-measures">
 *     spam protection</a>
 */
final class Promises {
    private static final int MAX_IDS = 10_000;

    private final Map<Bytes, Map<PeerId, Instant>> due = new HashMap<>();

    void add(PeerId peer, Bytes id, Instant until) {
        if (due.size() < MAX_IDS || due.containsKey(id)) {
            due.computeIfAbsent(id, i -> new HashMap<>()).putIfAbsent(peer, until);
        }
    }

    /** The message came, from whomever. */
    void kept(Bytes id) {
        due.remove(id);
    }

    void forget(PeerId peer) {
        due.values().forEach(peers -> peers.remove(peer));
    }

    /**
     * Returns the peer of each promise that is overdue, and forgets these promises and those of
     * messages that are {@code known} meanwhile.
     */
    List<PeerId> broken(Instant now, Predicate<Bytes> known) {
        due.keySet().removeIf(known);
        List<PeerId> peers = new ArrayList<>();
        for (Map<PeerId, Instant> promised : due.values()) {
            promised.forEach((peer, until) -> {
                if (now.isAfter(until)) {
                    peers.add(peer);
                }
            });
            promised.values().removeIf(now::isAfter);
        }
        due.values().removeIf(Map::isEmpty);
        return peers;
    }
}

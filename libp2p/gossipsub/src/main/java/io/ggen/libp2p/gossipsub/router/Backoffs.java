package io.ggen.libp2p.gossipsub.router;

import io.ggen.libp2p.key.PeerId;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Until when which peer must not be grafted in which topic, and must not graft us.
 *
 * @see <a
 *     href="https://github.com/libp2p/specs/blob/master/pubsub/gossipsub/gossipsub-v1.1.md#prune-backoff-and-peer-exchange">
 *     prune back-off</a>
 */
final class Backoffs {
    private static final int MOST = 100_000;

    private final Map<Key, Instant> until = new HashMap<>();

    private record Key(String topic, PeerId peer) {}

    /** Extends the back-off; one that ends later stays. Beyond 100,000 no new ones are kept. */
    void add(String topic, PeerId peer, Instant end) {
        var key = new Key(topic, peer);
        if (until.size() >= MOST && !until.containsKey(key)) {
            return;
        }
        until.merge(key, end, (old, other) -> old.isAfter(other) ? old : other);
    }

    boolean isActive(String topic, PeerId peer, Instant now) {
        Instant end = until.get(new Key(topic, peer));
        return end != null && now.isBefore(end);
    }

    /** Forgets those that ended more than {@code slack} ago. */
    void clean(Instant now, Duration slack) {
        Instant old = now.minus(slack);
        until.values().removeIf(end -> end.isBefore(old));
    }
}

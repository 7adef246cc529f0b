package io.ggen.marketplace.p2p.search;

import io.ggen.libp2p.key.PeerId;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many questions each peer may ask: some at once, then one for each interval. Pure: time is
 * passed in. Bounded: the peer that was quiet for longest is forgotten. Not thread-safe.
 */
final class PeerRates {
    private static final int MAX_PEERS = 4_096;

    private final Duration interval;
    private final int burst;

    /** When each peer's allowance would be whole again. */
    private final Map<PeerId, Instant> whole = new LinkedHashMap<>(16, 0.75f, true);

    PeerRates(Duration interval, int burst) {
        this.interval = interval;
        this.burst = burst;
    }

    /** Returns whether {@code peer} may ask now, and counts it then. */
    boolean allows(PeerId peer, Instant now) {
        Instant before = whole.getOrDefault(peer, now);
        Instant next = (before.isBefore(now) ? now : before).plus(interval);
        if (next.isAfter(now.plus(interval.multipliedBy(burst)))) {
            return false;
        }
        whole.put(peer, next);
        if (whole.size() > MAX_PEERS) {
            whole.remove(whole.keySet().iterator().next());
        }
        return true;
    }
}

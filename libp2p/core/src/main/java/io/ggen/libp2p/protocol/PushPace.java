package io.ggen.libp2p.protocol;

import io.ggen.libp2p.key.PeerId;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often each peer may push: 12 times at once, then every 5 seconds. Remembers the last 1,024
 * peers. Thread-safe.
 */
final class PushPace {
    private static final int MAX_REMEMBERED = 1024;
    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final Duration BURST = INTERVAL.multipliedBy(12);

    private final Map<PeerId, Instant> usedUntil =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<PeerId, Instant> eldest) {
                    return size() > MAX_REMEMBERED;
                }
            };

    /** Returns whether {@code peer} may push once more at {@code now}; if so, that counts. */
    synchronized boolean take(PeerId peer, Instant now) {
        Instant before = usedUntil.getOrDefault(peer, now);
        Instant after = (before.isBefore(now) ? now : before).plus(INTERVAL);
        if (after.isAfter(now.plus(BURST))) {
            return false;
        }
        usedUntil.put(peer, after);
        return true;
    }
}

package io.ggen.libp2p.host;

import io.ggen.multiformats.Multiaddr;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which addresses failed and until when they are left alone: 5 seconds, then twice as long each
 * time up to 5 minutes. Remembers the last 4,096 of them. Thread-safe.
 */
final class Backoffs {
    private static final int MAX_REMEMBERED = 4096;
    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration LAST = Duration.ofMinutes(5);

    private final InstantSource clock;
    private final Map<Multiaddr, Backoff> backoffs =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Multiaddr, Backoff> eldest) {
                    return size() > MAX_REMEMBERED;
                }
            };

    private record Backoff(Duration length, Instant until) {}

    Backoffs(InstantSource clock) {
        this.clock = clock;
    }

    /** Returns whether {@code address} may be tried now. */
    synchronized boolean isDue(Multiaddr address) {
        Backoff backoff = backoffs.get(address);
        return backoff == null || !backoff.until().isAfter(clock.instant());
    }

    synchronized void punish(Multiaddr address) {
        Backoff before = backoffs.remove(address);
        Duration length = before == null ? FIRST : before.length().multipliedBy(2);
        Duration bounded = length.compareTo(LAST) > 0 ? LAST : length;
        backoffs.put(address, new Backoff(bounded, clock.instant().plus(bounded)));
    }

    synchronized void forgive(Multiaddr address) {
        backoffs.remove(address);
    }
}

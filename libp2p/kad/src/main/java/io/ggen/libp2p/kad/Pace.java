package io.ggen.libp2p.kad;

import java.time.Duration;
import java.time.Instant;

/**
 * How fast a peer may ask: a stock of requests that is used up and filled again as time passes.
 * Whoever has none left waits for the next one. Pure; not thread-safe.
 */
final class Pace {
    private final Duration interval;
    private final Duration stock;
    private Instant free;

    /** Makes a pace of one request in {@code interval}, with a full stock of {@code burst}. */
    Pace(Duration interval, int burst, Instant now) {
        this.interval = interval;
        this.stock = interval.multipliedBy(burst);
        this.free = now.minus(stock);
    }

    /** Returns 500 requests a second after the first 2,000. */
    static Pace standard(Instant now) {
        return new Pace(Duration.ofMillis(2), 2000, now);
    }

    /** Takes one request; returns how long it has to wait. */
    Duration take(Instant now) {
        Instant full = now.minus(stock);
        free = (free.isBefore(full) ? full : free).plus(interval);
        return free.isAfter(now) ? Duration.between(now, free) : Duration.ZERO;
    }
}

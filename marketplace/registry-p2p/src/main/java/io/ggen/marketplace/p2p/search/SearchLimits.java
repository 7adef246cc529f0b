package io.ggen.marketplace.p2p.search;

import java.time.Duration;

/**
 * What questions may cost.
 *
 * @param interval between two questions of one peer, once it has used up {@code burst}; 200 ms
 * @param burst questions that a peer may ask at once; 20
 * @param incoming questions that are answered at once; 16
 * @param patience how long an answer may take; 10 s
 */
public record SearchLimits(Duration interval, int burst, int incoming, Duration patience) {
    /** Returns the usual limits. */
    public static SearchLimits standard() {
        return new SearchLimits(Duration.ofMillis(200), 20, 16, Duration.ofSeconds(10));
    }
}

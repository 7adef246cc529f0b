package io.ggen.libp2p.mdns;

import java.time.Duration;
import java.time.Instant;

/**
 * So many at once, and one more after each interval. Not thread-safe.
 *
 * @see <a href="https://en.wikipedia.org/wiki/Token_bucket">token bucket</a>
 */
final class Allowance {
    private final Duration burst;
    private final Duration each;

    /** When it would be full again. */
    private Instant full = Instant.MIN;

    Allowance(int atOnce, Duration each) {
        this.burst = each.multipliedBy(atOnce);
        this.each = each;
    }

    boolean take(Instant now) {
        Instant from = full.isBefore(now) ? now : full;
        Instant then = from.plus(each);
        if (then.isAfter(now.plus(burst))) {
            return false;
        }
        full = then;
        return true;
    }
}

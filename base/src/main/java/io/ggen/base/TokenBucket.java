package io.ggen.base;

import java.time.Duration;
import java.time.Instant;

/**
 * Grants an amount per second, such as bytes: whoever takes some is told how long to wait before
 * using it, in the order of the calls. Holds one second's worth at most. Thread-safe; never blocks.
 */
public final class TokenBucket {
    private static final double NANOS = 1e9;
    private static final double LONGEST = 1e18;

    private final long perSecond;
    private Instant free = Instant.MIN;

    private TokenBucket(long perSecond) {
        this.perSecond = perSecond;
    }

    /** Returns a bucket that never lets anybody wait. */
    public static TokenBucket unlimited() {
        return new TokenBucket(Long.MAX_VALUE);
    }

    /** Returns a full bucket of {@code perSecond}, at least 1. */
    public static TokenBucket of(long perSecond) {
        if (perSecond < 1) {
            throw new IllegalArgumentException("a rate is at least one per second: " + perSecond);
        }
        return new TokenBucket(perSecond);
    }

    /** Takes {@code amount} at {@code now}; returns how long to wait before it may be used. */
    public synchronized Duration take(long amount, Instant now) {
        if (perSecond == Long.MAX_VALUE) {
            return Duration.ZERO;
        }
        Instant full = now.minusSeconds(1);
        Instant from = free.isBefore(full) ? full : free;
        free = from.plusNanos((long) Math.min(amount * NANOS / perSecond, LONGEST));
        return free.isAfter(now) ? Duration.between(now, free) : Duration.ZERO;
    }
}

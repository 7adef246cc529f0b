package io.ggen.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until a test moves it. Thread-safe. */
public final class ManualClock implements InstantSource {
    private final AtomicReference<Instant> now;

    private ManualClock(Instant start) {
        now = new AtomicReference<>(start);
    }

    /** Returns a clock that shows {@code start}, an ISO instant such as 2026-01-01T00:00:00Z. */
    public static ManualClock at(String start) {
        return new ManualClock(Instant.parse(start));
    }

    /** Returns a clock at the first instant of 2026 (UTC). */
    public static ManualClock fixed() {
        return at("2026-01-01T00:00:00Z");
    }

    @Override
    public Instant instant() {
        return now.get();
    }

    /** Moves the clock forward, or back when {@code step} is negative. */
    public void advance(Duration step) {
        now.updateAndGet(instant -> instant.plus(step));
    }

    /** Sets the clock to {@code instant}. */
    public void set(Instant instant) {
        now.set(instant);
    }
}

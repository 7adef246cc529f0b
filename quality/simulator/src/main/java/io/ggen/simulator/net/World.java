package io.ggen.simulator.net;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/**
 * Virtual time, counted in microseconds, and the source of all chance. Whatever happens is a
 * function of the seed. Not thread-safe.
 */
public final class World {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final EventQueue events = new EventQueue();
    private final SplittableRandom random;
    private long micros;
    private Instant now = START;
    private long happened;

    /** Makes a world at its beginning. */
    public World(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** Returns the time. */
    public Instant now() {
        return now;
    }

    /** Returns the microseconds since the beginning. */
    public long micros() {
        return micros;
    }

    /** Returns how many events have happened. */
    public long happened() {
        return happened;
    }

    /** Returns the world's own source of chance. */
    public SplittableRandom random() {
        return random;
    }

    /** Returns a source of chance for one node, independent of all others. */
    public RandomGenerator split() {
        return random.split();
    }

    /** Lets {@code action} happen after {@code delay}. */
    public void after(Duration delay, Runnable action) {
        at(micros + microsOf(delay), action);
    }

    /** Lets {@code action} happen at {@code time} microseconds, now where that has passed. */
    public void at(long time, Runnable action) {
        events.add(Math.max(time, micros), action);
    }

    /** Lets {@code action} happen at {@code time}, now where that has passed. */
    public void at(Instant time, Runnable action) {
        at(Math.ceilDiv(ChronoUnit.NANOS.between(START, time), 1000), action);
    }

    /** Lets {@code action} happen every {@code interval}, at first after a part of it at random. */
    public void every(Duration interval, BooleanSupplier action) {
        long period = microsOf(interval);
        at(micros + random.nextLong(period), () -> repeat(period, action));
    }

    private void repeat(long period, BooleanSupplier action) {
        if (action.getAsBoolean()) {
            at(micros + period, () -> repeat(period, action));
        }
    }

    /** Lets {@code time} pass. */
    public void run(Duration time) {
        long end = micros + microsOf(time);
        runUntil(() -> events.nextTime() > end);
        advance(end);
    }

    /** Lets time pass until {@code done}, which is asked before each event, or nothing is left. */
    public void runUntil(BooleanSupplier done) {
        while (events.size() > 0 && !done.getAsBoolean()) {
            advance(events.nextTime());
            happened++;
            events.remove().run();
        }
    }

    private void advance(long time) {
        if (time != micros) {
            micros = time;
            now = START.plus(time, ChronoUnit.MICROS);
        }
    }

    static long microsOf(Duration duration) {
        return duration.toNanos() / 1000;
    }
}

package io.ggen.libp2p.io;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes a part of this host may keep for others, counted here and in every budget around
 * it. Whoever wants to keep some reserves them first and gives them back later. Thread-safe; never
 * blocks.
 */
public final class MemoryBudget {
    private final MemoryBudget[] outer;
    private final long limit;
    private final Runnable whenExhausted;
    private final AtomicLong used = new AtomicLong();
    private final AtomicLong spare = new AtomicLong();

    private MemoryBudget(long limit, Runnable whenExhausted, MemoryBudget... outer) {
        this.limit = limit;
        this.whenExhausted = whenExhausted;
        this.outer = outer;
    }

    /** Returns an outermost budget of {@code limit} bytes. */
    public static MemoryBudget of(long limit) {
        return of(limit, () -> {});
    }

    /** Returns one that runs {@code whenExhausted} each time something finds no room in it. */
    public static MemoryBudget of(long limit, Runnable whenExhausted) {
        return new MemoryBudget(limit, whenExhausted);
    }

    /** Returns a budget of {@code limit} bytes within this one. */
    public MemoryBudget within(long limit) {
        return new MemoryBudget(limit, () -> {}, this);
    }

    /** Reserves {@code bytes}; returns false, and reserves nothing, where there is no room. */
    public boolean reserve(long bytes) {
        if (used.addAndGet(bytes) > limit) {
            used.addAndGet(-bytes);
            whenExhausted.run();
            return false;
        }
        for (MemoryBudget around : outer) {
            if (!around.reserve(bytes)) {
                used.addAndGet(-bytes);
                return false;
            }
        }
        return true;
    }

    /** Gives back what {@link #reserve} took. */
    public void release(long bytes) {
        used.addAndGet(-bytes);
        for (MemoryBudget around : outer) {
            around.release(bytes);
        }
    }

    /**
     * Reserves {@code bytes} that would be of use but are not needed: finds room only while half of
     * the budget stays free, and never exhausts it.
     */
    public boolean reserveSpare(long bytes) {
        if (used.addAndGet(bytes) > limit / 2) {
            used.addAndGet(-bytes);
            return false;
        }
        spare.addAndGet(bytes);
        for (MemoryBudget around : outer) {
            if (!around.reserveSpare(bytes)) {
                used.addAndGet(-bytes);
                spare.addAndGet(-bytes);
                return false;
            }
        }
        return true;
    }

    /** Gives back what {@link #reserveSpare} took. */
    public void releaseSpare(long bytes) {
        used.addAndGet(-bytes);
        spare.addAndGet(-bytes);
        for (MemoryBudget around : outer) {
            around.releaseSpare(bytes);
        }
    }

    /** Returns how many bytes are reserved in all. */
    public long used() {
        return used.get();
    }

    /** Returns how many bytes are reserved because they are needed. */
    public long needed() {
        return used.get() - spare.get();
    }
}

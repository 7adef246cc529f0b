package io.ggen.libp2p.host;

import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.Libp2pException.Code;
import io.ggen.libp2p.io.MemoryBudget;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A share of this host's resources that a part of it may use: connections, streams and the memory
 * that holds what they receive, counted here and in every scope around it. What is refused is
 * counted too. Thread-safe.
 *
 * <p>Scopes nest: the system holds one for each peer, a peer's holds its streams.
 */
public final class ResourceScope {
    private final Object name;
    private final ResourceScope[] parent;
    private final Limits limits;
    private final MemoryBudget memory;
    private final Runnable onIdle;
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger streams = new AtomicInteger();
    private final AtomicLong refused = new AtomicLong();

    /**
     * How much a scope may use.
     *
     * @param connections open or opening at once
     * @param streams open at once
     * @param memory bytes that streams may keep of what was received and not yet read, beyond the
     *     first 4 KiB of each, and that their windows may have grown by
     */
    public record Limits(int connections, int streams, long memory) {}

    private ResourceScope(
            Object name,
            Limits limits,
            MemoryBudget memory,
            Runnable onIdle,
            ResourceScope... parent) {
        this.name = name;
        this.limits = limits;
        this.memory = memory;
        this.onIdle = onIdle;
        this.parent = parent;
    }

    /** Returns an outermost scope; {@code onExhausted} runs whenever it has no memory left. */
    static ResourceScope system(Limits limits, Runnable onExhausted) {
        return new ResourceScope(
                "system", limits, MemoryBudget.of(limits.memory(), onExhausted), () -> {});
    }

    /**
     * Returns a new scope within this one; {@code onIdle} runs whenever its last connection or
     * stream is given back.
     */
    ResourceScope child(Object childName, Limits childLimits, Runnable onIdle) {
        return new ResourceScope(
                childName, childLimits, memory.within(childLimits.memory()), onIdle, this);
    }

    /** Returns the memory of this scope. */
    public MemoryBudget memory() {
        return memory;
    }

    /** Returns whether no connection and no stream is in use. */
    boolean isIdle() {
        return connections.get() + streams.get() == 0;
    }

    /** A resource in use, given back once by closing it. */
    @FunctionalInterface
    public interface Lease extends AutoCloseable {
        @Override
        void close();
    }

    /** Takes a connection; throws LIMIT_EXCEEDED naming the scope that has no room. */
    public Lease connection() {
        return lease(true);
    }

    /** Takes a stream; throws as {@link #connection}. */
    public Lease stream() {
        return lease(false);
    }

    private Lease lease(boolean connection) {
        take(connection);
        var open = new java.util.concurrent.atomic.AtomicBoolean(true);
        return () -> {
            if (open.compareAndSet(true, false)) {
                give(connection);
            }
        };
    }

    private void take(boolean connection) {
        AtomicInteger counter = connection ? connections : streams;
        int limit = connection ? limits.connections() : limits.streams();
        if (counter.incrementAndGet() > limit) {
            counter.decrementAndGet();
            refused.incrementAndGet();
            throw new Libp2pException(
                    Code.LIMIT_EXCEEDED,
                    "scope "
                            + name
                            + " has its "
                            + limit
                            + (connection ? " connections" : " streams"));
        }
        try {
            for (ResourceScope outer : parent) {
                outer.take(connection);
            }
        } catch (Libp2pException e) {
            counter.decrementAndGet();
            throw e;
        }
    }

    private void give(boolean connection) {
        (connection ? connections : streams).decrementAndGet();
        for (ResourceScope outer : parent) {
            outer.give(connection);
        }
        if (isIdle()) {
            onIdle.run();
        }
    }

    /** Returns the number of connections in use. */
    public int connections() {
        return connections.get();
    }

    /** Returns the number of streams in use. */
    public int streams() {
        return streams.get();
    }

    /** Returns how many resources were refused here so far. */
    public long refused() {
        return refused.get();
    }
}

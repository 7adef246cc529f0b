package io.ggen.libp2p.host;

import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.Libp2pException.Code;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A share of this host's resources that a part of it may use: connections and streams, counted here
 * and in every scope around it. What is refused is counted too. Thread-safe.
 *
 * <p>Scopes nest: the system holds the transient one (connections whose peer is not known yet) and
 * one for each peer, a peer's holds its streams.
 */
public final class ResourceScope {
    private final Object name;
    private final ResourceScope[] parent;
    private final Limits limits;
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger streams = new AtomicInteger();
    private final AtomicLong refused = new AtomicLong();

    /**
     * How much a scope may use.
     *
     * @param connections open or opening at once
     * @param streams open at once
     */
    public record Limits(int connections, int streams) {}

    private ResourceScope(Object name, Limits limits, ResourceScope... parent) {
        this.name = name;
        this.limits = limits;
        this.parent = parent;
    }

    /** Returns a new outermost scope. */
    public static ResourceScope system(Limits limits) {
        return new ResourceScope("system", limits);
    }

    /** Returns a new scope within this one, of which errors tell as {@code childName}. */
    public ResourceScope child(Object childName, Limits childLimits) {
        return new ResourceScope(childName, childLimits, this);
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

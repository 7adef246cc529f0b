package io.ggen.marketplace.core.network;

import java.time.Duration;
import java.util.Optional;

/**
 * The events of a node for one listener. Of more than {@link EventHub#CAPACITY} that wait, the
 * oldest are dropped and counted. For one thread; closing it ends a wait of another.
 */
public interface EventStream extends AutoCloseable {
    /**
     * Waits for the next event.
     *
     * @return empty when {@code patience} is over or the stream is closed
     */
    Optional<NetworkEvent> next(Duration patience) throws InterruptedException;

    /** Returns how many events were dropped so far because nobody took them. */
    long dropped();

    /** Returns whether nothing will come any more. */
    boolean closed();

    @Override
    void close();
}

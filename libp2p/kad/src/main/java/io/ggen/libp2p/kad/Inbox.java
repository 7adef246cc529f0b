package io.ggen.libp2p.kad;

import io.ggen.libp2p.kad.QueryEffect.Done;
import io.ggen.libp2p.kad.QueryEffect.News;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * What a task has found so far, for the caller who waits. As long as a query can make it; one
 * reader, any number of writers.
 */
final class Inbox {
    private final KadTask task;
    private final Instant begun;
    private final BlockingQueue<Optional<News>> news = new LinkedBlockingQueue<>();

    Inbox(KadTask task, Instant begun) {
        this.task = task;
        this.begun = begun;
    }

    /** Returns what is told of the task once it is {@code done}. */
    KadEvent event(Done done, Instant now) {
        Duration took = Duration.between(begun, now);
        return Queries.publication(task).isPresent()
                ? new KadEvent.StoreCompleted(task, done.holders(), took)
                : new KadEvent.QueryCompleted(task, done.nearest().size(), took);
    }

    void put(News found) {
        news.add(Optional.of(found));
    }

    /** Lets the caller wait no longer. */
    void close() {
        news.add(Optional.empty());
    }

    /**
     * Waits until the task is done, one of its news is {@code enough} or {@code patience} is over;
     * returns all there is then.
     */
    List<News> await(Duration patience, Predicate<News> enough) {
        List<News> found = new ArrayList<>();
        long end = System.nanoTime() + patience.toNanos();
        try {
            Optional<News> next = next(end);
            while (next.isPresent()) {
                found.add(next.get());
                boolean over = next.get() instanceof Done || enough.test(next.get());
                next = over ? Optional.empty() : next(end);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return found;
    }

    private Optional<News> next(long end) throws InterruptedException {
        Optional<News> next = news.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        return next == null ? Optional.empty() : next;
    }
}

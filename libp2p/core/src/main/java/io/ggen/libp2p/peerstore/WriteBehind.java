package io.ggen.libp2p.peerstore;

import org.jspecify.annotations.Nullable;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * What has changed and is to be written by a thread of its own, in the order of the last changes.
 * What could not be written is tried again every half second. Thread-safe.
 */
final class WriteBehind<T> implements AutoCloseable {
    private static final int BATCH = 256;
    private static final long GATHERING_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final int most;
    private final Consumer<Set<T>> writer;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Condition room = lock.newCondition();
    private final Set<T> waiting = new LinkedHashSet<>();
    private final Thread thread;
    private volatile boolean closing;
    private volatile @Nullable RuntimeException failure;

    /**
     * Lets {@code writer} have what changed, 256 at a time at most; whoever adds more than {@code
     * most} waits until some of it is written. While nothing can be written nobody waits: then the
     * oldest change gives way. What changes after the end is not written.
     */
    WriteBehind(int most, Consumer<Set<T>> writer) {
        this.most = most;
        this.writer = writer;
        this.thread = Thread.ofPlatform().daemon().name("peer-store").start(this::writeUntilClosed);
    }

    /** Says that {@code item} has changed. */
    void add(T item) {
        lock.lock();
        try {
            waiting.remove(item);
            while (waiting.size() >= most && failure == null && !closing) {
                room.awaitUninterruptibly();
            }
            if (waiting.size() >= most) {
                waiting.remove(waiting.iterator().next());
            }
            waiting.add(item);
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    private void writeUntilClosed() {
        boolean open = true;
        while (open) {
            open = gather();
            writeAll();
        }
    }

    /** Waits for a change and a moment for others; returns false once this is closed. */
    private boolean gather() {
        lock.lock();
        try {
            while (waiting.isEmpty() && !closing) {
                changed.awaitUninterruptibly();
            }
            long left = GATHERING_NANOS;
            while (left > 0 && (waiting.size() < BATCH || failure != null) && !closing) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
        return !closing;
    }

    private void writeAll() {
        Set<T> batch = take();
        while (!batch.isEmpty()) {
            try {
                writer.accept(batch);
                failed(Set.of(), null);
            } catch (RuntimeException e) {
                failed(batch, e);
                return;
            }
            batch = take();
        }
    }

    private Set<T> take() {
        lock.lock();
        try {
            Set<T> batch = new LinkedHashSet<>();
            Iterator<T> oldest = waiting.iterator();
            while (oldest.hasNext() && batch.size() < BATCH) {
                batch.add(oldest.next());
                oldest.remove();
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes {@code batch} back, before what has changed since; nothing and no reason is success.
     */
    private void failed(Set<T> batch, @Nullable RuntimeException reason) {
        lock.lock();
        try {
            if (reason != null && failure == null) {
                System.getLogger(WriteBehind.class.getName())
                        .log(
                                System.Logger.Level.WARNING,
                                "what changed is not on the disk",
                                reason);
            }
            failure = reason;
            Set<T> since = new LinkedHashSet<>(waiting);
            waiting.clear();
            waiting.addAll(batch);
            waiting.removeAll(since);
            waiting.addAll(since);
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Blocks until all is written; throws why when it could not be. */
    @Override
    public void close() {
        lock.lock();
        try {
            closing = true;
            changed.signal();
            room.signalAll();
        } finally {
            lock.unlock();
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        RuntimeException reason = failure;
        if (reason != null) {
            throw reason;
        }
    }
}

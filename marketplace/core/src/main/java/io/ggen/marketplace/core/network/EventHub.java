package io.ggen.marketplace.core.network;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Hands events on to every listener. Publishing never waits: each listener has a queue of its own
 * that is bounded. Thread-safe.
 */
public final class EventHub implements AutoCloseable {
    /** The most events that wait for a listener. */
    public static final int CAPACITY = 1024;

    private final List<Queue> queues = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    /** Tells every listener. */
    public void publish(NetworkEvent event) {
        for (Queue queue : queues) {
            queue.add(event);
        }
    }

    /** Returns the events from now on. */
    public EventStream subscribe() {
        Queue queue = new Queue();
        queues.add(queue);
        if (closed) {
            queue.close();
        }
        return queue;
    }

    /** Ends every stream; what waits in them can still be taken. */
    @Override
    public void close() {
        closed = true;
        queues.forEach(Queue::close);
    }

    private final class Queue implements EventStream {
        private final ArrayDeque<NetworkEvent> waiting = new ArrayDeque<>();
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition changed = lock.newCondition();
        private long dropped;
        private boolean over;

        void add(NetworkEvent event) {
            lock.lock();
            try {
                if (over) {
                    return;
                }
                if (waiting.size() == CAPACITY) {
                    waiting.removeFirst();
                    dropped++;
                }
                waiting.addLast(event);
                changed.signal();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public Optional<NetworkEvent> next(Duration patience) throws InterruptedException {
            long nanos = TimeUnit.NANOSECONDS.convert(patience);
            lock.lockInterruptibly();
            try {
                while (waiting.isEmpty() && !over && nanos > 0) {
                    nanos = changed.awaitNanos(nanos);
                }
                return Optional.ofNullable(waiting.pollFirst());
            } finally {
                lock.unlock();
            }
        }

        @Override
        public long dropped() {
            lock.lock();
            try {
                return dropped;
            } finally {
                lock.unlock();
            }
        }

        @Override
        public boolean closed() {
            lock.lock();
            try {
                return over && waiting.isEmpty();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void close() {
            queues.remove(this);
            lock.lock();
            try {
                over = true;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }
}

package io.ggen.simulator.net;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.NoSuchElementException;

/**
 * What is to happen, earliest first and at the same time in the order it was added: a binary heap
 * over flat arrays, which allocates nothing for an event but its action. Not thread-safe.
 */
final class EventQueue {
    private long[] times = new long[1024];
    private long[] orders = new long[1024];
    private @Nullable Runnable[] actions = new Runnable[1024];
    private int size;
    private long added;

    int size() {
        return size;
    }

    void add(long time, Runnable action) {
        if (size == times.length) {
            grow();
        }
        long order = added++;
        int at = size++;
        while (at > 0) {
            int parent = (at - 1) >>> 1;
            if (!isBefore(time, order, parent)) {
                break;
            }
            copy(parent, at);
            at = parent;
        }
        set(at, time, order, action);
    }

    private void grow() {
        times = Arrays.copyOf(times, 2 * size);
        orders = Arrays.copyOf(orders, 2 * size);
        actions = Arrays.copyOf(actions, 2 * size);
    }

    /** Returns when the next event is; throws when there is none. */
    long nextTime() {
        check();
        return times[0];
    }

    /** Takes the next event out; throws when there is none. */
    Runnable remove() {
        check();
        Runnable first = actions[0];
        size--;
        sink(times[size], orders[size], actions[size]);
        actions[size] = null;
        if (first == null) {
            throw new IllegalStateException("an event without action");
        }
        return first;
    }

    private void check() {
        if (size == 0) {
            throw new NoSuchElementException("no event");
        }
    }

    private void sink(long time, long order, @Nullable Runnable action) {
        int at = 0;
        while (true) {
            int child = earlierChild(at);
            if (child >= size || isBefore(time, order, child)) {
                break;
            }
            copy(child, at);
            at = child;
        }
        set(at, time, order, action);
    }

    private int earlierChild(int parent) {
        int left = 2 * parent + 1;
        int right = left + 1;
        return right < size && isBefore(times[right], orders[right], left) ? right : left;
    }

    private boolean isBefore(long time, long order, int other) {
        return time < times[other] || (time == times[other] && order < orders[other]);
    }

    private void copy(int from, int to) {
        set(to, times[from], orders[from], actions[from]);
    }

    private void set(int at, long time, long order, @Nullable Runnable action) {
        times[at] = time;
        orders[at] = order;
        actions[at] = action;
    }
}

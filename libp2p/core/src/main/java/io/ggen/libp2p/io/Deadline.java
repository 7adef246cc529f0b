package io.ggen.libp2p.io;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Ends a blocking operation that takes too long: runs an action, which closes what is blocked,
 * unless it is met or closed before. Thread-safe.
 */
public final class Deadline implements AutoCloseable {
    private static final ScheduledExecutorService TIMER =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("libp2p-deadlines").factory());

    private enum State {
        RUNNING,
        MET,
        PASSED
    }

    private final AtomicReference<State> state = new AtomicReference<>(State.RUNNING);
    private final Future<?> timer;

    private Deadline(Duration limit, Runnable onPassed) {
        this.timer =
                TIMER.schedule(
                        () -> {
                            if (state.compareAndSet(State.RUNNING, State.PASSED)) {
                                Thread.ofVirtual().name("deadline").start(onPassed);
                            }
                        },
                        limit.toNanos(),
                        TimeUnit.NANOSECONDS);
    }

    /** Starts to wait: {@code onPassed} runs on a virtual thread after {@code limit}. */
    public static Deadline start(Duration limit, Runnable onPassed) {
        return new Deadline(limit, onPassed);
    }

    /**
     * Says that the operation is over; throws {@link io.ggen.libp2p.Libp2pException} TIMEOUT when
     * the deadline came first.
     */
    public void met() {
        if (!state.compareAndSet(State.RUNNING, State.MET) && passed()) {
            throw new io.ggen.libp2p.Libp2pException(
                    io.ggen.libp2p.Libp2pException.Code.TIMEOUT, "the deadline has passed");
        }
        timer.cancel(false);
    }

    /** Returns whether the time was up before the operation was over. */
    public boolean passed() {
        return state.get() == State.PASSED;
    }

    @Override
    public void close() {
        state.compareAndSet(State.RUNNING, State.MET);
        timer.cancel(false);
    }
}

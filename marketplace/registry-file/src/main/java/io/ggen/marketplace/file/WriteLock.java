package io.ggen.marketplace.file;

import io.ggen.base.ProcessLock;
import io.ggen.marketplace.core.Progress;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** One writer at a time: among the threads of this registry, and among processes. */
final class WriteLock {
    private final Layout layout;
    private final ProcessLock.Patience patience;
    private final Progress progress;
    private final ReentrantLock threads = new ReentrantLock();

    WriteLock(Layout layout, ProcessLock.Patience patience, Progress progress) {
        this.layout = layout;
        this.patience = patience;
        this.progress = progress;
    }

    /** Work that needs the lock. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws IOException;
    }

    /** Does {@code work} alone; waits for others as long as patience has it. */
    <T> T alone(Work<T> work) throws IOException {
        takeThreads();
        try (ProcessLock lock = ProcessLock.acquire(layout.lock(), patience, this::waiting)) {
            return work.run();
        } finally {
            threads.unlock();
        }
    }

    private void takeThreads() throws IOException {
        long nanos = patience.each().toNanos() * patience.attempts();
        try {
            if (!threads.tryLock(nanos, TimeUnit.NANOSECONDS)) {
                throw new MarketplaceException(
                        ErrorCode.LOCK_TIMEOUT,
                        "another operation of this program is still writing to " + layout.root(),
                        "wait for it to finish and try again");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for " + layout.root());
        }
    }

    private void waiting(String holder) {
        progress.say(
                "waiting for "
                        + holder
                        + ", which is writing to "
                        + layout.root()
                        + " (at most "
                        + patience.each().toSeconds()
                        + " s at a time, "
                        + patience.attempts()
                        + " times)");
    }
}

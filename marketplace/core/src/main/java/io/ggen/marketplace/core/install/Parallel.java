package io.ggen.marketplace.core.install;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Runs the same work over many things on a few threads; the first failure stops all. */
final class Parallel {
    private static final int MOST = 4;

    private Parallel() {}

    /** What is done with one thing. */
    @FunctionalInterface
    interface Work {
        void run(int index) throws IOException;
    }

    /** Runs {@code work} for 0 … count - 1; returns when all are done or throws what one threw. */
    static void run(int count, Work work) throws IOException {
        var next = new AtomicInteger();
        var failure = new AtomicReference<@Nullable Throwable>();
        Runnable loop =
                () -> {
                    for (int i = next.getAndIncrement();
                            i < count && failure.get() == null;
                            i = next.getAndIncrement()) {
                        try {
                            work.run(i);
                        } catch (Throwable e) {
                            failure.compareAndSet(null, e);
                        }
                    }
                };
        List<Thread> others = start(loop, Math.min(count, threads()) - 1);
        loop.run();
        join(others);
        Throwable thrown = failure.get();
        if (thrown != null) {
            rethrow(thrown);
        }
    }

    private static int threads() {
        return Math.min(MOST, Runtime.getRuntime().availableProcessors());
    }

    private static List<Thread> start(Runnable loop, int count) {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            threads.add(Thread.ofPlatform().daemon().start(loop));
        }
        return threads;
    }

    private static void join(List<Thread> threads) {
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true; // the work goes on to its end, then the caller hears of it
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void rethrow(Throwable thrown) throws IOException {
        switch (thrown) {
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalStateException(thrown);
        }
    }
}

package io.ggen.libp2p.muxer;

import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.Libp2pException.Code;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Keeps a connection alive and measures its round trip: one ping at the start, then one each
 * interval.
 */
final class YamuxPings {
    private final YamuxOutput output;
    private final Duration interval;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile long sentAt;
    private volatile int awaited;
    private volatile boolean answered = true;
    private volatile long roundTrip;

    YamuxPings(YamuxOutput output, Duration interval) {
        this.output = output;
        this.interval = interval;
    }

    /** Returns the last round trip in nanoseconds, or 0 before the first answer. */
    long roundTrip() {
        return roundTrip;
    }

    void stop() {
        stopped.countDown();
    }

    /**
     * Pings until it is stopped, and runs {@code eachTime} before; tells {@code onDead} when a ping
     * was not answered within the interval.
     */
    void run(Runnable eachTime, Consumer<Libp2pException> onDead) {
        int count = 0;
        try {
            do {
                eachTime.run();
                if (!answered) {
                    onDead.accept(
                            new Libp2pException(
                                    Code.TIMEOUT,
                                    "a ping was not answered within "
                                            + interval.toSeconds()
                                            + " s"));
                    return;
                }
                answered = false;
                count++;
                awaited = count;
                sentAt = System.nanoTime();
                output.control(new YamuxFrame(YamuxFrame.PING, YamuxFrame.SYN, 0, awaited));
            } while (!stopped.await(interval.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (YamuxViolation e) {
            onDead.accept(e);
        }
    }

    /**
     * Answers a request once; takes note of the answer to ours. An answer that nobody asked for is
     * ignored.
     */
    void on(YamuxFrame frame) {
        if (frame.has(YamuxFrame.SYN)) {
            output.control(new YamuxFrame(YamuxFrame.PING, YamuxFrame.ACK, 0, frame.length()));
        } else if (frame.has(YamuxFrame.ACK) && frame.length() == awaited && !answered) {
            roundTrip = Math.max(1, System.nanoTime() - sentAt);
            answered = true;
        }
    }
}

package io.ggen.libp2p.gateway;

import io.ggen.base.TokenBucket;
import io.ggen.libp2p.Libp2pException;

import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Lets whoever sends wait for its share of the upload, until it is closed. Thread-safe. */
final class Pacer implements AutoCloseable {
    private final TokenBucket upload;
    private final InstantSource clock;
    private final CountDownLatch closed = new CountDownLatch(1);

    Pacer(TokenBucket upload, InstantSource clock) {
        this.upload = upload;
        this.clock = clock;
    }

    /** Waits until {@code bytes} may be sent; throws when this side closes meanwhile. */
    void await(long bytes) {
        long wait = upload.take(bytes, clock.instant()).toMillis();
        if (wait == 0) {
            return;
        }
        try {
            if (!closed.await(wait, TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new Libp2pException(Libp2pException.Code.STREAM_RESET, "the gateway is closed");
    }

    @Override
    public void close() {
        closed.countDown();
    }
}

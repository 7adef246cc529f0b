package io.ggen.libp2p.gateway;

import io.ggen.content.ContentException;
import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.Libp2pException.Code;
import io.ggen.libp2p.io.Duplex;

import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** Runs exchanges, so many at once and so many for each peer. Thread-safe. */
final class Exchanges implements AutoCloseable {
    private final GatewayOptions options;
    private final Predicate<String> hosts;
    private final Pacer pacer;
    private final Semaphore room;
    private final Map<Object, AtomicInteger> ofPeers = new ConcurrentHashMap<>();

    /**
     * Makes a runner of exchanges.
     *
     * @param hosts which Host fields are answered
     */
    Exchanges(GatewayOptions options, InstantSource clock, Predicate<String> hosts) {
        this.options = options;
        this.hosts = hosts;
        this.pacer = new Pacer(options.upload(), clock);
        this.room = new Semaphore(options.exchanges());
    }

    /**
     * Serves one exchange with {@code peer} over {@code pipe}, which the caller ends: well when
     * this returns, abruptly when it throws.
     *
     * @throws Libp2pException when the answer is not complete
     */
    void serve(Object peer, Duplex pipe) {
        var exchange = new Exchange(options, hosts, pacer, pipe);
        AtomicInteger mine = ofPeers.computeIfAbsent(peer, who -> new AtomicInteger());
        boolean first = mine.incrementAndGet() <= options.exchangesOfPeer();
        boolean entered = first && room.tryAcquire();
        try {
            if (entered) {
                exchange.run();
            } else {
                exchange.busy();
            }
        } catch (IOException | ContentException e) {
            throw new Libp2pException(Code.IO, "an answer breaks off: " + e.getMessage(), e);
        } finally {
            if (entered) {
                room.release();
            }
            if (mine.decrementAndGet() == 0) {
                ofPeers.remove(peer, mine);
            }
        }
    }

    @Override
    public void close() {
        pacer.close();
    }
}

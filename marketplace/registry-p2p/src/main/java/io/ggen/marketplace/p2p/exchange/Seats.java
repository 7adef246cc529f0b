package io.ggen.marketplace.p2p.exchange;

import io.ggen.libp2p.host.Stream;
import io.ggen.libp2p.key.PeerId;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The exchanges that others have begun, one of each peer. When all seats are taken, the exchange
 * that has lasted longest makes room once it had its time, so that slow peers keep nobody out: what
 * it did stays, and it may come back for the rest. Thread-safe.
 */
final class Seats {
    private final int most;
    private final long fairNanos;
    private final Map<PeerId, Seat> taken = new LinkedHashMap<>();

    private record Seat(Stream stream, long since) {}

    /** Makes {@code most} seats that nobody has to give up before {@code fair} is over. */
    Seats(int most, Duration fair) {
        this.most = most;
        this.fairNanos = fair.toNanos();
    }

    /** Returns whether {@code peer} has a seat. */
    synchronized boolean has(PeerId peer) {
        return taken.containsKey(peer);
    }

    /** Takes a seat for {@code stream}; returns false when there is none or its peer has one. */
    synchronized boolean take(Stream stream) {
        if (has(stream.remotePeer()) || (taken.size() >= most && !displaceEldest())) {
            return false;
        }
        taken.put(stream.remotePeer(), new Seat(stream, System.nanoTime()));
        return true;
    }

    private boolean displaceEldest() {
        Map.Entry<PeerId, Seat> eldest = taken.entrySet().iterator().next();
        if (System.nanoTime() - eldest.getValue().since() < fairNanos) {
            return false;
        }
        taken.remove(eldest.getKey());
        eldest.getValue().stream().reset();
        return true;
    }

    /** Gives up the seat of {@code stream}, unless it was displaced before. */
    synchronized void leave(Stream stream) {
        taken.computeIfPresent(
                stream.remotePeer(), (peer, seat) -> seat.stream().equals(stream) ? null : seat);
    }
}

package io.ggen.libp2p.kad;

import io.ggen.libp2p.kad.QueryEffect.Ask;
import io.ggen.libp2p.key.PeerId;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Storing at the peers nearest to a key: those that are so in all likelihood while the way to them
 * is still being looked for, the rest at its end. Who turns out not to be among the nearest holds a
 * copy more.
 */
final class Stores {
    private final KadRequest request;
    private final int nearest;
    private final Set<PeerId> open = new HashSet<>();
    private final Set<PeerId> asked = new HashSet<>();
    private final Set<PeerId> holders = new HashSet<>();
    private Optional<Instant> end = Optional.empty();
    private int wanted;
    private boolean announced;

    /** Makes a step that stores at {@code nearest} peers or at all there are. */
    Stores(KadRequest request, int nearest) {
        this.request = request;
        this.nearest = nearest;
        this.wanted = nearest;
    }

    boolean isAbout(KadRequest other) {
        return request.equals(other);
    }

    /** Returns what is to be sent to those of {@code peers} that were not asked yet. */
    List<QueryEffect> ask(List<KadPeer> peers) {
        List<QueryEffect> asks = new ArrayList<>();
        for (KadPeer peer : peers) {
            if (asked.add(peer.id())) {
                open.add(peer.id());
                asks.add(new Ask(peer, request));
            }
        }
        return asks;
    }

    /** Hears that {@code peers} are the nearest, which are waited for until {@code limit}. */
    void arrive(List<KadPeer> peers, Instant limit) {
        wanted = Math.min(nearest, peers.size());
        end = Optional.of(limit);
    }

    boolean hasArrived() {
        return end.isPresent();
    }

    void answered(PeerId peer, KadAnswer answer) {
        if (open.remove(peer) && !hasAnother(answer)) {
            holders.add(peer);
        }
    }

    /** Who echoes another value than the one it was sent keeps a better one. */
    private boolean hasAnother(KadAnswer answer) {
        return request instanceof KadRequest.PutValue(KadRecord value)
                && answer.record().filter(record -> !record.equals(value)).isPresent();
    }

    void failed(PeerId peer) {
        open.remove(peer);
    }

    /** Returns how many of {@code peers} have it. */
    int holders(List<KadPeer> peers) {
        return (int) peers.stream().filter(peer -> holders.contains(peer.id())).count();
    }

    /** Returns how many have it, once, as soon as these are three of four that are to have it. */
    Optional<Integer> newlySecured() {
        if (announced || holders.isEmpty() || holders.size() < enough()) {
            return Optional.empty();
        }
        announced = true;
        return Optional.of(holders.size());
    }

    private int enough() {
        return request instanceof KadRequest.AddProvider
                ? Math.ceilDiv(wanted * 2, 5)
                : Math.ceilDiv(wanted * 3, 4);
    }

    boolean isDone(Instant now) {
        return open.isEmpty() || end.filter(limit -> !now.isBefore(limit)).isPresent();
    }

    Optional<Instant> end() {
        return end;
    }
}

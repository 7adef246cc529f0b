package io.ggen.libp2p.kad;

import io.ggen.libp2p.kad.QueryEffect.Ask;
import io.ggen.libp2p.key.PeerId;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The last step of storing: all of the nearest are asked at once. */
final class Stores {
    private final Set<PeerId> open = new HashSet<>();
    private final List<KadPeer> nearest;
    private final KadRequest request;
    private final Instant end;
    private int holders;
    private boolean announced;

    Stores(List<KadPeer> nearest, KadRequest request, Instant end) {
        nearest.forEach(peer -> open.add(peer.id()));
        this.nearest = nearest;
        this.request = request;
        this.end = end;
    }

    List<QueryEffect> asks() {
        return nearest.stream().<QueryEffect>map(peer -> new Ask(peer, request)).toList();
    }

    void answered(PeerId peer, KadAnswer answer) {
        if (open.remove(peer) && !hasAnother(answer)) {
            holders++;
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

    int holders() {
        return holders;
    }

    /** Returns true once, as soon as three of four have it. */
    boolean isNewlySecured() {
        boolean secured = !announced && holders > 0 && holders * 4 >= nearest.size() * 3;
        announced |= secured;
        return secured;
    }

    boolean isDone(Instant now) {
        return open.isEmpty() || !now.isBefore(end);
    }

    Instant end() {
        return end;
    }
}

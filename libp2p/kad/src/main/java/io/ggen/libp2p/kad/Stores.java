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
    private final int asked;
    private final Instant end;
    private int holders;
    private boolean announced;

    Stores(List<KadPeer> nearest, Instant end) {
        nearest.forEach(peer -> open.add(peer.id()));
        this.asked = nearest.size();
        this.end = end;
    }

    static List<QueryEffect> asks(List<KadPeer> nearest, KadRequest request) {
        return nearest.stream().<QueryEffect>map(peer -> new Ask(peer, request)).toList();
    }

    void answered(PeerId peer) {
        if (open.remove(peer)) {
            holders++;
        }
    }

    void failed(PeerId peer) {
        open.remove(peer);
    }

    int holders() {
        return holders;
    }

    /** Returns true once, as soon as three of four have it. */
    boolean isNewlySecured() {
        boolean secured = !announced && holders > 0 && holders * 4 >= asked * 3;
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

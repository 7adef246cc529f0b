package io.ggen.libp2p.gossipsub.router;

import io.ggen.base.Bytes;
import io.ggen.libp2p.key.PeerId;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** What the router knows of a connected peer. */
final class Neighbour {
    private static final int MAX_DONT_WANT = 10_000;
    private static final int DONT_WANT_HEARTBEATS = 3;

    final PeerId id;
    final Link link;
    final Set<String> topics = new LinkedHashSet<>();
    private final Map<Bytes, Integer> dontWant = new HashMap<>();
    private Instant second = Instant.EPOCH;
    private int messages;
    private int offers;
    private int asked;

    Neighbour(PeerId id, Link link) {
        this.id = id;
        this.link = link;
    }

    /** Returns whether one more message stays within the rate. */
    boolean takesMessage(Instant now, int perSecond) {
        if (!now.isBefore(second.plusSeconds(1))) {
            second = now;
            messages = 0;
        }
        messages++;
        return messages <= perSecond;
    }

    /** Returns whether one more RPC with offers is read before the next heartbeat. */
    boolean takesOffer(int most) {
        offers++;
        return offers <= most;
    }

    /** Returns how many ids may still be asked for before the next heartbeat. */
    int maySkimUpTo(int most) {
        return most - asked;
    }

    void asked(int ids) {
        asked += ids;
    }

    void doesNotWant(Bytes id) {
        if (dontWant.size() < MAX_DONT_WANT) {
            dontWant.put(id, DONT_WANT_HEARTBEATS);
        }
    }

    boolean wants(Bytes id) {
        return !dontWant.containsKey(id);
    }

    void heartbeat() {
        offers = 0;
        asked = 0;
        dontWant.replaceAll((id, left) -> left - 1);
        dontWant.values().removeIf(left -> left <= 0);
    }
}

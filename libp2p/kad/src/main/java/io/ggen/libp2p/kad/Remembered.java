package io.ggen.libp2p.kad;

import io.ggen.libp2p.key.PeerId;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Peers that were in the table and have lost their place because they did not answer: the network
 * may have fallen apart and become one again. Each time a few of them are asked again, one after
 * another, and more while most of them answer. Pure; not thread-safe.
 */
final class Remembered {
    private static final int MOST = 200;
    private static final int AT_ONCE = 3;
    private static final int AT_REUNION = 20;
    private static final Duration KEPT = Duration.ofHours(24);

    private final Map<PeerId, Lost> lost = new LinkedHashMap<>();
    private final Set<PeerId> asked = new HashSet<>();
    private int called;

    private record Lost(KadPeer peer, Instant since) {}

    /** Hears that {@code peer} has lost its place. */
    void lost(KadPeer peer, Instant now) {
        lost.put(peer.id(), new Lost(peer, now));
        if (lost.size() > MOST) {
            lost.remove(lost.keySet().iterator().next());
        }
    }

    /** Hears that {@code peer} is there. */
    void answered(PeerId peer) {
        lost.remove(peer);
        asked.remove(peer);
    }

    /** Returns whether most of those that were asked the last time have answered. */
    boolean isReunion() {
        return asked.size() * 2 < called;
    }

    /** Returns whom to ask now; they are the last to be asked again. */
    List<KadPeer> due(Instant now) {
        int most = isReunion() ? AT_REUNION : AT_ONCE;
        lost.values().removeIf(each -> each.since().plus(KEPT).isBefore(now));
        List<Lost> due = new ArrayList<>(lost.values().stream().limit(most).toList());
        asked.clear();
        called = due.size();
        for (Lost each : due) {
            asked.add(each.peer().id());
            lost.remove(each.peer().id());
            lost.put(each.peer().id(), each);
        }
        return due.stream().map(Lost::peer).toList();
    }
}

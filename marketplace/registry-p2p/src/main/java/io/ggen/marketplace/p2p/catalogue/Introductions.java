package io.ggen.marketplace.p2p.catalogue;

import io.ggen.base.Sha256;
import io.ggen.libp2p.key.PeerId;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What each peer introduced within the last hour, by gossip. What three independent peers hold is
 * taken off again. Pure: time is passed in. Bounded: the peer that was quiet for longest is
 * forgotten first. Not thread-safe.
 */
final class Introductions {
    private static final Duration WINDOW = Duration.ofHours(1);
    private static final int MAX_PEERS = 4_096;

    private final CatalogueLimits limits;
    private final Holders holders = new Holders();
    private final Map<PeerId, Deque<Introduction>> byPeer = new LinkedHashMap<>(16, 0.75f, true);

    private record Introduction(Sha256 id, boolean isPublisher, Instant at) {}

    Introductions(CatalogueLimits limits) {
        this.limits = limits;
    }

    /** Notes that {@code from} has the record, which may then count against nobody any more. */
    boolean isWidelyHeld(Sha256 id, Introducer from) {
        if (holders.offered(id, from) < Holders.MANY) {
            return false;
        }
        byPeer.values().forEach(those -> those.removeIf(one -> one.id().equals(id)));
        return true;
    }

    /**
     * Returns whether {@code from} may introduce the record now, and counts it then.
     *
     * @param isPublisher whether its publisher is new, too
     */
    boolean allow(Sha256 id, boolean isPublisher, Introducer from, Instant now) {
        if (isWidelyHeld(id, from)) {
            return true;
        }
        Deque<Introduction> those = byPeer.computeIfAbsent(from.peer(), it -> new ArrayDeque<>());
        Instant oldest = now.minus(WINDOW);
        while (!those.isEmpty() && !those.peekFirst().at().isAfter(oldest)) {
            those.removeFirst();
        }
        long publishers = those.stream().filter(Introduction::isPublisher).count();
        boolean allowed =
                those.size() < limits.recordsAnHour()
                        && (!isPublisher || publishers < limits.publishersAnHour());
        if (allowed) {
            those.addLast(new Introduction(id, isPublisher, now));
        }
        if (byPeer.size() > MAX_PEERS) {
            byPeer.remove(byPeer.keySet().iterator().next());
        }
        return allowed;
    }
}

package io.ggen.libp2p.kad;

import io.ggen.base.Bytes;
import io.ggen.libp2p.key.PeerId;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tells the network again what this node has published, region by region: two lookups show who is
 * there, and all that is published in the region goes to the nearest of them.
 *
 * <p>A region is what shares as many leading bits with the publication that is due as the twentieth
 * nearest peer does. The first lookup finds who is in the half of the publication, the second who
 * is in the other. Where there are fewer than twenty peers, all there is is one region.
 */
final class Republisher {
    /** After how long something is published again. */
    static final Duration CYCLE = Duration.ofHours(22);

    /** When to try again what nobody or few have taken. */
    static final Duration RETRY = Duration.ofMinutes(5);

    private static final int PAGE = 500;

    private final PeerId self;
    private final KadStorage storage;
    private final int nearest;
    private final Map<PeerId, KadPeer> known = new HashMap<>();
    private final Map<PeerId, Deque<KadRequest>> queues = new HashMap<>();
    private final Set<PeerId> busy = new HashSet<>();
    private Instant paused = Instant.MIN;
    private Phase phase = Phase.IDLE;
    private Place begin = Place.ZERO;
    private Place end = Place.ZERO;
    private List<Publication> page = List.of();

    private enum Phase {
        /** → FIRST when something is due. */
        IDLE,
        /** One half is looked at; → SECOND, or TELLING where there are few peers, or IDLE. */
        FIRST,
        /** The other half is looked at; → TELLING. */
        SECOND,
        /** Peers are told, page by page; → IDLE. */
        TELLING
    }

    /** What to tell whom. */
    record Telling(KadPeer peer, KadRequest request) {}

    Republisher(PeerId self, KadStorage storage, int nearest) {
        this.self = self;
        this.storage = storage;
        this.nearest = nearest;
    }

    /** Returns what to look for to begin with the next region, when one is due. */
    Optional<Bytes> begin(Instant now) {
        if (phase != Phase.IDLE || now.isBefore(paused)) {
            return Optional.empty();
        }
        List<Publication> due =
                storage.publications()
                        .due(now)
                        .map(place -> storage.publications().within(place, place, 1))
                        .orElse(List.of());
        if (due.isEmpty()) {
            return Optional.empty();
        }
        phase = Phase.FIRST;
        begin = due.getFirst().place();
        return Optional.of(due.getFirst().key());
    }

    /** Hears what a lookup has found; returns what to look for next, if anything. */
    Optional<Bytes> found(List<KadPeer> peers, Instant now) {
        peers.forEach(peer -> known.put(peer.id(), peer));
        if (known.isEmpty()) {
            paused = now.plus(RETRY);
            phase = Phase.IDLE;
            return Optional.empty();
        }
        if (phase == Phase.SECOND) {
            phase = Phase.TELLING;
            return Optional.empty();
        }
        int bits = 0;
        Optional<Bytes> next = Optional.empty();
        phase = Phase.TELLING;
        if (peers.size() >= nearest) {
            PeerId edge = peers.getLast().id();
            bits = begin.commonPrefix(Place.of(edge));
            next = Optional.of(edge.multihash());
            phase = Phase.SECOND;
        }
        end = begin.last(bits);
        begin = begin.first(bits);
        return next;
    }

    /** Returns what to tell now, one thing at a time to each peer. */
    List<Telling> next(Instant now) {
        List<Telling> tellings = new ArrayList<>();
        while (phase == Phase.TELLING && tellings.isEmpty() && busy.isEmpty()) {
            turn(now);
            known.keySet().forEach(peer -> next(peer).ifPresent(tellings::add));
        }
        return tellings;
    }

    /** Hears that {@code peer} was told, or cannot be; returns what to tell it next. */
    Optional<Telling> told(PeerId peer, boolean well) {
        busy.remove(peer);
        if (!well) {
            queues.remove(peer);
        }
        return next(peer);
    }

    private Optional<Telling> next(PeerId peer) {
        Deque<KadRequest> queue = queues.get(peer);
        KadPeer to = known.get(peer);
        if (queue == null || to == null || queue.isEmpty() || !busy.add(peer)) {
            return Optional.empty();
        }
        return Optional.of(new Telling(to, queue.remove()));
    }

    /** Turns to the next page of the region, or is done with it. */
    private void turn(Instant now) {
        if (!page.isEmpty()) {
            Place last = page.getLast().place();
            storage.publications().reschedule(begin, last, now.plus(CYCLE));
            begin = last.next();
        }
        boolean over = begin.equals(Place.ZERO) && !page.isEmpty() || begin.compareTo(end) > 0;
        page = over ? List.of() : storage.publications().within(begin, end, PAGE);
        if (page.isEmpty()) {
            phase = Phase.IDLE;
            known.clear();
            queues.clear();
        }
        page.forEach(publication -> queue(publication, now));
    }

    private void queue(Publication publication, Instant now) {
        Place place = publication.place();
        Optional<KadRequest> request = request(publication, now);
        if (request.isPresent()) {
            known.values().stream()
                    .sorted((a, b) -> place.compareDistances(Place.of(a.id()), Place.of(b.id())))
                    .limit(nearest)
                    .forEach(peer ->
                            queues.computeIfAbsent(peer.id(), id -> new ArrayDeque<>())
                                    .add(request.get()));
        }
    }

    /**
     * Returns what to tell; the best value that is known, and nothing while nobody can reach us.
     */
    private Optional<KadRequest> request(Publication publication, Instant now) {
        Bytes key = publication.key();
        if (publication.value().isPresent()) {
            var own = new KadRecord(key, publication.value().get());
            storage.records().put(own, now);
            return Optional.of(
                    new KadRequest.PutValue(storage.records().get(key, now).orElse(own)));
        }
        KadPeer provider = new KadPeer(self, storage.addresses().of(self));
        if (provider.addresses().isEmpty()) {
            return Optional.empty();
        }
        storage.providers().add(key, provider, now);
        return Optional.of(new KadRequest.AddProvider(key, provider));
    }
}

package io.ggen.libp2p.gossipsub.router;

import io.ggen.libp2p.gossipsub.score.PeerScores;
import io.ggen.libp2p.key.PeerId;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;

/** What the parts of a router share. Not thread-safe. */
final class State {
    private static final int MAX_OFFENDERS = 4_096;

    final Environment environment;
    final RouterOptions options;
    final PeerScores scores;
    final Map<PeerId, Neighbour> neighbours = new LinkedHashMap<>();
    final Map<String, Set<PeerId>> meshes = new LinkedHashMap<>();
    final Map<String, Fanout> fanouts = new LinkedHashMap<>();
    final Outbox out = new Outbox();
    final MessageCache cache;
    final SeenCache seen;
    private final Random shuffle;
    private final Map<PeerId, Integer> violations = new LinkedHashMap<>();
    private final Map<PeerId, Instant> bans = new LinkedHashMap<>();

    /** Peers for a topic that is published to without being subscribed. */
    record Fanout(Set<PeerId> peers, Instant until) {}

    State(Environment environment, RouterOptions options) {
        this.environment = environment;
        this.options = options;
        this.scores = new PeerScores(options.scores());
        this.cache = new MessageCache(options.gossip(), options.bounds().cacheBytes());
        this.seen = new SeenCache(options.times().seen(), options.bounds().seenIds());
        this.shuffle = Random.from(environment.random());
    }

    <T> List<T> shuffled(Iterable<T> some) {
        List<T> list = new ArrayList<>();
        some.forEach(list::add);
        Collections.shuffle(list, shuffle);
        return list;
    }

    int draw(int bound) {
        return shuffle.nextInt(bound);
    }

    /** Returns up to {@code most} subscribers of {@code topic} that {@code wanted} takes. */
    Set<PeerId> pick(String topic, int most, Predicate<Neighbour> wanted) {
        Set<PeerId> picked = new LinkedHashSet<>();
        for (Neighbour peer : shuffled(neighbours.values())) {
            if (picked.size() >= most) {
                break;
            }
            if (peer.topics.contains(topic) && wanted.test(peer)) {
                picked.add(peer.id);
            }
        }
        return picked;
    }

    double score(PeerId peer) {
        return scores.score(peer);
    }

    /** Returns whether {@code peer} is there and speaks 1.2. */
    boolean takesDontWant(PeerId peer) {
        Neighbour neighbour = neighbours.get(peer);
        return neighbour != null && neighbour.link.dontWant();
    }

    /** Notes that {@code peer} broke a limit; bans it when that was once too often. */
    void violation(PeerId peer, Instant now) {
        scores.misbehaved(peer, 1);
        int count = violations.merge(peer, 1, Integer::sum);
        limit(violations);
        if (count >= options.bounds().violations()) {
            violations.remove(peer);
            Instant until = now.plus(options.times().ban());
            bans.put(peer, until);
            limit(bans);
            out.forget(peer);
            out.add(new Effect.Ban(peer, until));
        }
    }

    private static void limit(Map<PeerId, ?> offenders) {
        if (offenders.size() > MAX_OFFENDERS) {
            offenders.remove(offenders.keySet().iterator().next());
        }
    }

    boolean isBanned(PeerId peer, Instant now) {
        Instant until = bans.get(peer);
        return until != null && now.isBefore(until);
    }

    Instant banEnd(PeerId peer) {
        return bans.getOrDefault(peer, Instant.EPOCH);
    }

    void clean(Instant now) {
        bans.values().removeIf(until -> !now.isBefore(until));
        seen.clean(now);
    }
}

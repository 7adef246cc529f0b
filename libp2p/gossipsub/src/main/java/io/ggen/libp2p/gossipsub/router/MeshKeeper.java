package io.ggen.libp2p.gossipsub.router;

import io.ggen.base.Bytes;
import io.ggen.libp2p.gossipsub.rpc.Control;
import io.ggen.libp2p.key.PeerId;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Keeps a mesh of some peers for each subscribed topic.
 *
 * @see <a
 *     href="https://github.com/libp2p/specs/blob/master/pubsub/gossipsub/gossipsub-v1.0.md#mesh-maintenance">
 *     mesh maintenance</a>
 */
final class MeshKeeper {
    private static final int OPPORTUNISTIC_GRAFTS = 2;
    private static final int MAX_EXCHANGE_BYTES = 10 << 10;

    private final State state;
    private final RouterOptions.Degrees degrees;
    private final RouterOptions.Times times;
    private final Backoffs backoffs = new Backoffs();
    private long heartbeats;

    MeshKeeper(State state) {
        this.state = state;
        this.degrees = state.options.degrees();
        this.times = state.options.times();
    }

    void join(String topic, Instant now) {
        Set<PeerId> mesh = new LinkedHashSet<>();
        state.meshes.put(topic, mesh);
        State.Fanout fanout = state.fanouts.remove(topic);
        if (fanout != null) {
            fanout.peers().stream()
                    .filter(peer -> isCandidate(topic, state.neighbours.get(peer), now))
                    .forEach(peer -> graft(topic, mesh, peer, now));
        }
        fill(topic, mesh, degrees.target(), now);
    }

    void leave(String topic, Instant now) {
        Set<PeerId> mesh = state.meshes.remove(topic);
        if (mesh != null) {
            mesh.forEach(peer -> sayPrune(topic, peer, times.unsubscribeBackoff(), false, now));
        }
    }

    private void fill(String topic, Set<PeerId> mesh, int size, Instant now) {
        int missing = size - mesh.size();
        state.pick(topic, missing, peer -> isCandidate(topic, peer, now) && !mesh.contains(peer.id))
                .forEach(peer -> graft(topic, mesh, peer, now));
    }

    /** A heartbeat longer than the back-off is waited for, as the other's clock may be slower. */
    private boolean isCandidate(String topic, @Nullable Neighbour peer, Instant now) {
        return peer != null
                && peer.topics.contains(topic)
                && state.score(peer.id) >= 0
                && !backoffs.isActive(topic, peer.id, now.minus(times.heartbeat()));
    }

    private void graft(String topic, Set<PeerId> mesh, PeerId peer, Instant now) {
        if (mesh.add(peer)) {
            state.scores.grafted(peer, topic, now);
            state.out.to(peer).graft.add(topic);
        }
    }

    private void prune(String topic, Set<PeerId> mesh, PeerId peer, boolean exchange, Instant now) {
        mesh.remove(peer);
        sayPrune(topic, peer, times.pruneBackoff(), exchange, now);
    }

    private void sayPrune(
            String topic, PeerId peer, Duration backoff, boolean exchange, Instant now) {
        state.scores.pruned(peer, topic);
        refuse(topic, peer, backoff, exchange, now);
    }

    private void refuse(
            String topic, PeerId peer, Duration backoff, boolean exchange, Instant now) {
        backoffs.add(topic, peer, now.plus(backoff));
        List<Control.Candidate> candidates = exchange ? candidates(topic, peer) : List.of();
        state.out.to(peer).prune.add(new Control.Prune(topic, candidates, backoff));
    }

    private List<Control.Candidate> candidates(String topic, PeerId asker) {
        List<Control.Candidate> candidates = new ArrayList<>();
        int room = MAX_EXCHANGE_BYTES;
        int most = state.options.bounds().exchange();
        for (PeerId peer :
                state.pick(
                        topic, most, peer -> !peer.id.equals(asker) && state.score(peer.id) >= 0)) {
            Bytes sealed = state.environment.records().apply(peer);
            room -= sealed.length();
            candidates.add(
                    new Control.Candidate(peer.multihash(), room < 0 ? Bytes.empty() : sealed));
        }
        return candidates;
    }

    /** Answers GRAFT entries. */
    void grafted(Neighbour peer, List<String> topics, Instant now) {
        topics.forEach(topic -> grafted(peer, topic, now));
    }

    private void grafted(Neighbour peer, String topic, Instant now) {
        Set<PeerId> mesh = state.meshes.get(topic);
        if (mesh == null || mesh.contains(peer.id)) {
            return;
        }
        if (backoffs.isActive(topic, peer.id, now)) {
            state.scores.misbehaved(peer.id, 1);
            refuse(topic, peer.id, times.pruneBackoff(), false, now);
        } else if (state.score(peer.id) < 0 || !peer.topics.contains(topic)) {
            refuse(topic, peer.id, times.pruneBackoff(), false, now);
        } else if (mesh.size() >= degrees.high() && !peer.link.outbound()) {
            refuse(topic, peer.id, times.pruneBackoff(), true, now);
        } else {
            mesh.add(peer.id);
            state.scores.grafted(peer.id, topic, now);
        }
    }

    /** Takes PRUNE entries. */
    void pruned(Neighbour peer, List<Control.Prune> prunes, Instant now) {
        prunes.forEach(prune -> pruned(peer, prune, now));
    }

    private void pruned(Neighbour peer, Control.Prune prune, Instant now) {
        Set<PeerId> mesh = state.meshes.get(prune.topic());
        if (mesh == null) {
            return;
        }
        if (mesh.remove(peer.id)) {
            state.scores.pruned(peer.id, prune.topic());
        }
        backoffs.add(prune.topic(), peer.id, now.plus(clamped(prune.backoff())));
        boolean trusted = state.score(peer.id) >= state.options.thresholds().acceptExchange();
        if (trusted && !prune.exchange().isEmpty()) {
            state.out.add(new Effect.Exchange(peer.id, prune.exchange()));
        }
    }

    private Duration clamped(Duration said) {
        Duration backoff = said.isZero() ? times.pruneBackoff() : said;
        return backoff.compareTo(times.maxBackoff()) > 0 ? times.maxBackoff() : backoff;
    }

    /** Notes that {@code peer} wants no more of {@code topic}. */
    void unsubscribed(PeerId peer, String topic) {
        Set<PeerId> mesh = state.meshes.get(topic);
        if (mesh != null && mesh.remove(peer)) {
            state.scores.pruned(peer, topic);
        }
    }

    void heartbeat(Instant now) {
        heartbeats++;
        state.meshes.forEach((topic, mesh) -> keep(topic, mesh, now));
        backoffs.clean(now, times.heartbeat().multipliedBy(2));
    }

    private void keep(String topic, Set<PeerId> mesh, Instant now) {
        for (PeerId peer : List.copyOf(mesh)) {
            if (state.score(peer) < 0) {
                prune(topic, mesh, peer, false, now);
            }
        }
        if (mesh.size() < degrees.low()) {
            fill(topic, mesh, degrees.target(), now);
        }
        if (mesh.size() > degrees.high()) {
            List<PeerId> stay = whoStays(mesh);
            List.copyOf(mesh).stream()
                    .filter(peer -> !stay.contains(peer))
                    .forEach(peer -> prune(topic, mesh, peer, true, now));
        }
        if (mesh.size() >= degrees.low()) {
            addOutbound(topic, mesh, now);
        }
        if (heartbeats % state.options.gossip().opportunistic() == 0) {
            graftBetterPeers(topic, mesh, now);
        }
    }

    /** The best by score, some at random, and among all of them enough that this side dialled. */
    private List<PeerId> whoStays(Set<PeerId> mesh) {
        List<PeerId> ranked = state.shuffled(mesh);
        ranked.sort(Comparator.comparingDouble(state::score).reversed());
        List<PeerId> order = new ArrayList<>(ranked.subList(0, degrees.byScore()));
        order.addAll(state.shuffled(ranked.subList(degrees.byScore(), ranked.size())));
        List<PeerId> stay = new ArrayList<>(order.subList(0, degrees.target()));
        List<PeerId> rest = order.subList(degrees.target(), order.size());
        long missing = degrees.outbound() - stay.stream().filter(this::isOutbound).count();
        List<PeerId> extra =
                rest.stream().filter(this::isOutbound).limit(Math.max(0, missing)).toList();
        for (PeerId peer : extra) {
            stay.remove(lastInbound(stay));
            stay.add(peer);
        }
        return stay;
    }

    private int lastInbound(List<PeerId> peers) {
        int at = peers.size() - 1;
        while (at > 0 && isOutbound(peers.get(at))) {
            at--;
        }
        return at;
    }

    private boolean isOutbound(PeerId peer) {
        Neighbour neighbour = state.neighbours.get(peer);
        return neighbour != null && neighbour.link.outbound();
    }

    private void addOutbound(String topic, Set<PeerId> mesh, Instant now) {
        int missing = degrees.outbound() - (int) mesh.stream().filter(this::isOutbound).count();
        state.pick(
                        topic,
                        missing,
                        peer ->
                                peer.link.outbound()
                                        && !mesh.contains(peer.id)
                                        && isCandidate(topic, peer, now))
                .forEach(peer -> graft(topic, mesh, peer, now));
    }

    private void graftBetterPeers(String topic, Set<PeerId> mesh, Instant now) {
        if (mesh.size() < 2) {
            return;
        }
        double median =
                mesh.stream()
                        .mapToDouble(state::score)
                        .sorted()
                        .skip(mesh.size() / 2)
                        .findFirst()
                        .orElse(0);
        if (median >= state.options.thresholds().opportunisticGraft()) {
            return;
        }
        state.pick(
                        topic,
                        OPPORTUNISTIC_GRAFTS,
                        peer ->
                                !mesh.contains(peer.id)
                                        && isCandidate(topic, peer, now)
                                        && state.score(peer.id) > median)
                .forEach(peer -> graft(topic, mesh, peer, now));
    }

    /** Returns whether {@code peer} must not be grafted now. */
    boolean isBackedOff(String topic, PeerId peer, Instant now) {
        return backoffs.isActive(topic, peer, now);
    }
}

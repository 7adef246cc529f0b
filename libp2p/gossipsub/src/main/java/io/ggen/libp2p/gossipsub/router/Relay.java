package io.ggen.libp2p.gossipsub.router;

import io.ggen.base.Bytes;
import io.ggen.libp2p.gossipsub.rpc.Message;
import io.ggen.libp2p.key.PeerId;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Takes messages in, has them validated, and sends them on: each one once.
 *
 * @see <a
 *     href="https://github.com/libp2p/specs/blob/master/pubsub/gossipsub/gossipsub-v1.0.md#message-processing">
 *     message processing</a>
 */
final class Relay {
    private final State state;
    private final GossipKeeper gossip;
    private final Forwarder forwarder;
    private final Map<Bytes, Pending> pending = new LinkedHashMap<>();
    private final Map<PeerId, Integer> pendingOf = new HashMap<>();

    Relay(State state) {
        this.state = state;
        this.gossip = new GossipKeeper(state, this::isKnown);
        this.forwarder = new Forwarder(state);
    }

    GossipKeeper gossip() {
        return gossip;
    }

    Forwarder forwarder() {
        return forwarder;
    }

    private boolean isKnown(Bytes id) {
        return state.seen.contains(id) || pending.containsKey(id);
    }

    void arrived(Neighbour peer, Message message, Instant now) {
        boolean ours = message.from().equals(state.environment.self().multihash());
        if (ours || !state.meshes.containsKey(message.topic())) {
            return;
        }
        Bytes id = state.environment.ids().of(message);
        SeenCache.Entry seen = state.seen.get(id);
        Pending waiting = pending.get(id);
        if (seen != null) {
            again(peer.id, message.topic(), seen, now);
        } else if (waiting != null) {
            waiting.again(peer.id, message);
        } else if (hasRoom(peer.id)) {
            announce(peer.id, id, message);
            validate(new Pending(id, message, peer.id));
        }
    }

    private void again(PeerId peer, String topic, SeenCache.Entry seen, Instant now) {
        boolean news = seen.senders().add(peer);
        switch (seen.verdict()) {
            case ACCEPT -> {
                if (news) {
                    state.scores.deliveredAgain(peer, topic, Duration.between(seen.at(), now));
                }
            }
            case REJECT, FORGED -> state.scores.deliveredInvalid(peer, topic);
            case IGNORE -> {
                // nobody is to blame
            }
        }
    }

    private boolean hasRoom(PeerId peer) {
        RouterOptions.Bounds bounds = state.options.bounds();
        return pending.size() < bounds.pending()
                && pendingOf.getOrDefault(peer, 0) < bounds.pendingPerPeer();
    }

    private void validate(Pending one) {
        pending.put(one.id, one);
        pendingOf.merge(one.first, 1, Integer::sum);
        state.out.add(new Effect.Validate(one.id, one.message, one.first));
    }

    /** Tells the mesh that a large message need not be sent here again (gossipsub 1.2). */
    private void announce(PeerId from, Bytes id, Message message) {
        if (message.data().length() < state.options.gossip().dontWantBytes()) {
            return;
        }
        for (PeerId peer : state.meshes.getOrDefault(message.topic(), Set.of())) {
            if (!peer.equals(from) && state.takesDontWant(peer)) {
                state.out.to(peer).dontWant.add(id);
            }
        }
    }

    void validated(Bytes id, Verdict verdict, Instant now) {
        Pending done = pending.remove(id);
        if (done == null) {
            return;
        }
        pendingOf.computeIfPresent(done.first, (peer, count) -> count == 1 ? null : count - 1);
        switch (verdict) {
            case ACCEPT -> accept(done, now);
            case IGNORE -> remember(done, verdict, now);
            case REJECT -> {
                remember(done, verdict, now);
                punish(done);
            }
            case FORGED -> {
                punish(done);
                done.next().ifPresent(this::validate);
            }
        }
    }

    private void remember(Pending done, Verdict verdict, Instant now) {
        gossip.arrived(done.id);
        state.seen.put(done.id, new SeenCache.Entry(verdict, now, new HashSet<>(done.senders)));
    }

    private void punish(Pending done) {
        done.senders.forEach(peer -> state.scores.deliveredInvalid(peer, done.message.topic()));
    }

    private void accept(Pending done, Instant now) {
        String topic = done.message.topic();
        remember(done, Verdict.ACCEPT, now);
        for (PeerId peer : done.senders) {
            if (peer.equals(done.first)) {
                state.scores.deliveredFirst(peer, topic);
            } else {
                state.scores.deliveredAgain(peer, topic, Duration.ZERO);
            }
        }
        state.cache.put(done.id, done.message);
        if (state.meshes.containsKey(topic)) {
            state.out.add(new Effect.Deliver(done.id, done.message, done.first));
        }
        forwarder.forward(done.id, done.message, done.senders);
    }

    void publish(Message message, Instant now) {
        Bytes id = state.environment.ids().of(message);
        if (state.seen.contains(id)) {
            return;
        }
        state.seen.put(id, new SeenCache.Entry(Verdict.ACCEPT, now, new HashSet<>()));
        state.cache.put(id, message);
        audience(message.topic(), now).forEach(peer -> forwarder.send(peer, id, message));
    }

    private Set<PeerId> audience(String topic, Instant now) {
        double threshold = state.options.thresholds().publish();
        Set<PeerId> mesh = state.meshes.get(topic);
        Set<PeerId> audience = new LinkedHashSet<>(mesh == null ? fanout(topic, now) : mesh);
        if (state.options.floodPublish()) {
            audience.addAll(
                    state.pick(
                            topic, Integer.MAX_VALUE, peer -> state.score(peer.id) >= threshold));
        }
        return audience;
    }

    private Set<PeerId> fanout(String topic, Instant now) {
        State.Fanout before = state.fanouts.get(topic);
        Set<PeerId> peers = before == null ? new LinkedHashSet<>() : before.peers();
        refill(topic, peers);
        state.fanouts.put(topic, new State.Fanout(peers, now.plus(state.options.times().fanout())));
        return peers;
    }

    private void refill(String topic, Set<PeerId> peers) {
        double threshold = state.options.thresholds().publish();
        int missing = state.options.degrees().target() - peers.size();
        peers.addAll(
                state.pick(
                        topic,
                        missing,
                        peer -> !peers.contains(peer.id) && state.score(peer.id) >= threshold));
    }

    void heartbeat(Instant now) {
        double threshold = state.options.thresholds().publish();
        state.fanouts.values().removeIf(fanout -> !now.isBefore(fanout.until()));
        state.fanouts.forEach((topic, fanout) -> {
            fanout.peers()
                    .removeIf(peer -> !subscribes(peer, topic) || state.score(peer) < threshold);
            refill(topic, fanout.peers());
        });
    }

    private boolean subscribes(PeerId peer, String topic) {
        Neighbour neighbour = state.neighbours.get(peer);
        return neighbour != null && neighbour.topics.contains(topic);
    }
}

package io.ggen.libp2p.gossipsub.router;

import io.ggen.base.Bytes;
import io.ggen.libp2p.gossipsub.rpc.Control;
import io.ggen.libp2p.key.PeerId;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Offers messages to peers outside of the mesh, asks for those that others offer, and sees to it
 * that they keep their word.
 *
 * @see <a
 *     href="https://github.com/libp2p/specs/blob/master/pubsub/gossipsub/gossipsub-v1.1.md#adaptive-gossip-dissemination">
 *     adaptive gossip</a>
 */
final class GossipKeeper {
    private final State state;
    private final RouterOptions.Gossip options;
    private final Predicate<Bytes> known;
    private final Promises promises = new Promises();

    GossipKeeper(State state, Predicate<Bytes> known) {
        this.state = state;
        this.options = state.options.gossip();
        this.known = known;
    }

    private boolean mayGossip(PeerId peer) {
        return state.score(peer) >= state.options.thresholds().gossip();
    }

    /** Asks for what is offered and not known. */
    void offered(Neighbour peer, List<Control.Have> offers, Instant now) {
        if (offers.isEmpty() || !mayGossip(peer.id) || !peer.takesOffer(options.offers())) {
            return;
        }
        Set<Bytes> unknown = new LinkedHashSet<>();
        for (Control.Have offer : offers) {
            if (state.meshes.containsKey(offer.topic())) {
                offer.ids().stream().filter(id -> !known.test(id)).forEach(unknown::add);
            }
        }
        int most = Math.min(unknown.size(), peer.maySkimUpTo(options.ids()));
        if (most > 0) {
            List<Bytes> asked = state.shuffled(unknown).subList(0, most);
            peer.asked(most);
            state.out.to(peer.id).want.addAll(asked);
            promises.add(
                    peer.id,
                    asked.get(state.draw(most)),
                    now.plus(state.options.times().promise()));
        }
    }

    /** Sends what is asked for and held. */
    void asked(Neighbour peer, List<Bytes> ids) {
        if (!mayGossip(peer.id)) {
            return;
        }
        for (Bytes id : new LinkedHashSet<>(ids)) {
            if (peer.wants(id)) {
                state.cache.give(id, peer.id).ifPresent(state.out.to(peer.id).messages::add);
            }
        }
    }

    /** Notes that a message came. */
    void arrived(Bytes id) {
        promises.kept(id);
    }

    void disconnected(PeerId peer) {
        promises.forget(peer);
    }

    void punishBrokenPromises(Instant now) {
        promises.broken(now, known).forEach(peer -> state.scores.misbehaved(peer, 1));
    }

    void heartbeat() {
        state.meshes.forEach(this::offer);
        state.fanouts.forEach((topic, fanout) -> offer(topic, fanout.peers()));
        state.cache.shift();
    }

    private void offer(String topic, Set<PeerId> except) {
        List<Bytes> ids = state.cache.offered(topic);
        if (ids.isEmpty()) {
            return;
        }
        Set<PeerId> others =
                state.pick(
                        topic,
                        Integer.MAX_VALUE,
                        peer -> !except.contains(peer.id) && mayGossip(peer.id));
        int most = Math.max(options.peers(), (int) (options.factor() * others.size()));
        others.stream().limit(most).forEach(peer -> offerTo(peer, topic, ids));
    }

    private void offerTo(PeerId peer, String topic, List<Bytes> ids) {
        List<Bytes> some = state.shuffled(ids);
        int most = Math.min(ids.size(), options.ids());
        state.out.to(peer).have.add(new Control.Have(topic, some.subList(0, most)));
    }
}

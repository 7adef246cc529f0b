package io.ggen.libp2p.gossipsub.router;

import io.ggen.base.Bytes;
import io.ggen.libp2p.gossipsub.rpc.Control;
import io.ggen.libp2p.gossipsub.rpc.Message;
import io.ggen.libp2p.gossipsub.rpc.Rpc;
import io.ggen.libp2p.gossipsub.rpc.Subscription;
import io.ggen.libp2p.gossipsub.score.PeerReport;
import io.ggen.libp2p.key.PeerId;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decides who hears what. Every input says when it happens and returns the effects that the caller
 * performs, in order; the same inputs and source of randomness give the same effects. Not
 * thread-safe, never blocks.
 *
 * <p>A message that comes in is validated before it is delivered or sent on: {@link
 * Effect.Validate} goes out, {@link #validated} comes back. Each message id is delivered once.
 *
 * @see <a href="https://github.com/libp2p/specs/blob/master/pubsub/gossipsub/gossipsub-v1.1.md">
 *     gossipsub 1.1</a>
 */
public final class Router {
    private final State state;
    private final MeshKeeper meshes;
    private final Relay relay;

    /** Makes a router without peers and topics. */
    public Router(Environment environment, RouterOptions options) {
        this.state = new State(environment, options);
        this.meshes = new MeshKeeper(state);
        this.relay = new Relay(state);
    }

    /** Takes in that {@code peer} can be talked to; one that is banned is refused. */
    public List<Effect> connected(PeerId peer, Link link, Instant now) {
        if (state.isBanned(peer, now)) {
            state.out.add(new Effect.Ban(peer, state.banEnd(peer)));
            return state.out.drain();
        }
        state.neighbours.put(peer, new Neighbour(peer, link));
        state.scores.connected(peer, link.address());
        state.meshes
                .keySet()
                .forEach(topic ->
                        state.out.to(peer).subscriptions.add(new Subscription(true, topic)));
        return state.out.drain();
    }

    /** Takes in that {@code peer} is gone. */
    public List<Effect> disconnected(PeerId peer, Instant now) {
        if (state.neighbours.remove(peer) != null) {
            state.meshes.values().forEach(mesh -> mesh.remove(peer));
            state.fanouts.values().forEach(fanout -> fanout.peers().remove(peer));
            relay.gossip().disconnected(peer);
            state.scores.disconnected(peer, now);
        }
        return state.out.drain();
    }

    /** Takes in an RPC of a connected peer; those of others are passed over. */
    public List<Effect> received(PeerId from, Rpc rpc, Instant now) {
        Neighbour peer = state.neighbours.get(from);
        if (peer == null || state.isBanned(from, now)) {
            return List.of();
        }
        subscriptions(peer, rpc.subscriptions(), now);
        boolean heard = state.score(from) >= state.options.thresholds().graylist();
        messages(peer, rpc.messages(), heard, now);
        if (heard) {
            control(peer, rpc.control(), now);
        }
        return state.out.drain();
    }

    private void subscriptions(Neighbour peer, List<Subscription> entries, Instant now) {
        boolean tooMany = false;
        for (Subscription entry : entries) {
            if (!entry.subscribe()) {
                peer.topics.remove(entry.topic());
                meshes.unsubscribed(peer.id, entry.topic());
            } else if (peer.topics.size() < state.options.bounds().topicsPerPeer()) {
                peer.topics.add(entry.topic());
            } else {
                tooMany |= !peer.topics.contains(entry.topic());
            }
        }
        if (tooMany) {
            state.violation(peer.id, now);
        }
    }

    /** Those of a graylisted peer are counted, so that a flood still ends in a ban. */
    private void messages(Neighbour peer, List<Message> messages, boolean heard, Instant now) {
        for (Message message : messages) {
            if (!peer.takesMessage(now, state.options.bounds().messagesPerSecond())) {
                state.violation(peer.id, now);
                return;
            }
            if (heard) {
                relay.arrived(peer, message, now);
            }
        }
    }

    private void control(Neighbour peer, Control control, Instant now) {
        relay.gossip().offered(peer, control.have(), now);
        relay.gossip().asked(peer, control.want());
        meshes.grafted(peer, control.graft(), now);
        meshes.pruned(peer, control.prune(), now);
        control.dontWant().forEach(peer::doesNotWant);
    }

    /**
     * Takes in that {@code peer} sent something malformed or beyond a limit. That counts also when
     * the stream to it has just failed: who ends that at will does not go free.
     */
    public List<Effect> malformed(PeerId peer, Instant now) {
        if (!state.isBanned(peer, now)) {
            state.violation(peer, now);
        }
        return state.out.drain();
    }

    /** Takes in the result of an {@link Effect.Validate}; unknown ids are passed over. */
    public List<Effect> validated(Bytes id, Verdict verdict, Instant now) {
        relay.validated(id, verdict, now);
        return state.out.drain();
    }

    /** Takes in that the pause of an {@link Effect.Wait} is over; unknown ids are passed over. */
    public List<Effect> waited(Bytes id) {
        relay.forwarder().waited(id);
        return state.out.drain();
    }

    /** Subscribes to {@code topic}. */
    public List<Effect> subscribe(String topic, Instant now) {
        if (!state.meshes.containsKey(topic)) {
            tellAll(new Subscription(true, topic));
            meshes.join(topic, now);
        }
        return state.out.drain();
    }

    /** Leaves {@code topic}. */
    public List<Effect> unsubscribe(String topic, Instant now) {
        if (state.meshes.containsKey(topic)) {
            tellAll(new Subscription(false, topic));
            meshes.leave(topic, now);
        }
        return state.out.drain();
    }

    private void tellAll(Subscription entry) {
        state.neighbours.keySet().forEach(peer -> state.out.to(peer).subscriptions.add(entry));
    }

    /**
     * Sends an own message, to every peer of its topic or, without flood publishing, to the mesh.
     * It is not delivered here. One that was seen before is not sent again.
     */
    public List<Effect> publish(Message message, Instant now) {
        relay.publish(message, now);
        return state.out.drain();
    }

    /** Does what is due; to be called once in each {@link RouterOptions.Times#heartbeat}. */
    public List<Effect> heartbeat(Instant now) {
        state.scores.refresh(now);
        relay.gossip().punishBrokenPromises(now);
        state.neighbours.values().forEach(Neighbour::heartbeat);
        meshes.heartbeat(now);
        relay.heartbeat(now);
        relay.gossip().heartbeat();
        state.clean(now);
        return state.out.drain();
    }

    /** Sets what the application thinks of {@code peer}: P5 of its score. */
    public void rate(PeerId peer, double points) {
        state.scores.rate(peer, points);
    }

    /** Returns the topics that are subscribed. */
    public Set<String> topics() {
        return Set.copyOf(state.meshes.keySet());
    }

    /** Returns the peers that are connected. */
    public Set<PeerId> peers() {
        return Set.copyOf(state.neighbours.keySet());
    }

    /** Returns the peers in the mesh of {@code topic}. */
    public Set<PeerId> mesh(String topic) {
        return Set.copyOf(state.meshes.getOrDefault(topic, Set.of()));
    }

    /** Returns the score of {@code peer} and what it is made of; empty when it is not known. */
    public Optional<PeerReport> inspect(PeerId peer) {
        return state.scores.inspect(peer);
    }

    /** Returns whether {@code peer} must not be grafted in {@code topic} at {@code now}. */
    public boolean isBackedOff(String topic, PeerId peer, Instant now) {
        return meshes.isBackedOff(topic, peer, now);
    }
}

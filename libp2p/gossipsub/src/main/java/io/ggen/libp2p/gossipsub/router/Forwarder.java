package io.ggen.libp2p.gossipsub.router;

import io.ggen.base.Bytes;
import io.ggen.libp2p.gossipsub.rpc.Message;
import io.ggen.libp2p.key.PeerId;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Sends messages on. A large one goes to a few peers of the mesh at once, and after a pause to
 * those of the others that have neither sent it nor said that they do not want it: the time that
 * IDONTWANT takes to arrive is given to it.
 */
final class Forwarder {
    /** So many messages wait at most; further ones go to everybody at once. */
    private static final int MOST = 1_024;

    private final State state;
    private final RouterOptions.Stagger options;
    private final Map<Bytes, Waiting> waiting = new HashMap<>();

    private record Waiting(Message message, List<PeerId> peers) {}

    Forwarder(State state) {
        this.state = state;
        this.options = state.options.stagger();
    }

    /** Sends {@code message} to the mesh, now or later, but not to its {@code senders}. */
    void forward(Bytes id, Message message, Set<PeerId> senders) {
        List<PeerId> later = new ArrayList<>();
        for (PeerId peer : state.meshes.getOrDefault(message.topic(), Set.of())) {
            if (!senders.contains(peer)) {
                later.add(peer);
            }
        }
        List<PeerId> now = mayWait(message) ? first(later) : List.copyOf(later);
        later.removeAll(now);
        now.forEach(peer -> send(peer, id, message));
        if (!later.isEmpty()) {
            waiting.put(id, new Waiting(message, later));
            state.out.add(new Effect.Wait(id, options.pause()));
        }
    }

    private boolean mayWait(Message message) {
        return message.data().length() >= state.options.gossip().dontWantBytes()
                && waiting.size() < MOST
                && !options.pause().isZero();
    }

    /** Returns some at random, and all that cannot say what they do not want. */
    private List<PeerId> first(List<PeerId> peers) {
        List<PeerId> first = new ArrayList<>();
        int left = options.first();
        for (PeerId peer : state.shuffled(peers)) {
            if (!state.takesDontWant(peer)) {
                first.add(peer);
            } else if (left > 0) {
                first.add(peer);
                left--;
            }
        }
        return first;
    }

    /** Sends the message to those who still have to get it; nothing where nobody waits. */
    void waited(Bytes id) {
        Waiting rest = waiting.remove(id);
        SeenCache.Entry seen = state.seen.get(id);
        if (rest == null || seen == null) {
            return;
        }
        Set<PeerId> mesh = state.meshes.getOrDefault(rest.message().topic(), Set.of());
        rest.peers().stream()
                .filter(peer -> mesh.contains(peer) && !seen.senders().contains(peer))
                .forEach(peer -> send(peer, id, rest.message()));
    }

    /** Sends {@code message} to a peer that is there, is not its author and wants it. */
    void send(PeerId peer, Bytes id, Message message) {
        Neighbour neighbour = state.neighbours.get(peer);
        boolean author = peer.multihash().equals(message.from());
        if (neighbour != null && !author && neighbour.wants(id)) {
            state.out.to(peer).messages.add(message);
        }
    }
}

package io.ggen.libp2p.gossipsub.router;

import io.ggen.base.Bytes;
import io.ggen.libp2p.gossipsub.rpc.Message;
import io.ggen.libp2p.key.PeerId;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The messages of the last heartbeats, to be offered and sent when asked for. Bounded in bytes: the
 * oldest give way.
 *
 * @see <a
 *     href="https://github.com/libp2p/specs/blob/master/pubsub/gossipsub/gossipsub-v1.0.md#message-cache">
 *     message cache</a>
 */
final class MessageCache {
    private final RouterOptions.Gossip options;
    private final int maxBytes;
    private final Map<Bytes, Held> held = new HashMap<>();
    private final Deque<List<Bytes>> windows = new ArrayDeque<>();
    private int bytes;

    private record Held(Message message, Map<PeerId, Integer> sent) {}

    MessageCache(RouterOptions.Gossip options, int maxBytes) {
        this.options = options;
        this.maxBytes = maxBytes;
        windows.addFirst(new ArrayList<>());
    }

    void put(Bytes id, Message message) {
        if (held.putIfAbsent(id, new Held(message, new HashMap<>())) == null) {
            windows.getFirst().add(id);
            bytes += message.data().length();
            makeRoom();
        }
    }

    private void makeRoom() {
        while (bytes > maxBytes && windows.size() > 1) {
            drop(windows.removeLast());
        }
        List<Bytes> only = windows.getFirst();
        while (bytes > maxBytes && !only.isEmpty()) {
            drop(List.of(only.removeFirst()));
        }
    }

    private void drop(List<Bytes> ids) {
        for (Bytes id : ids) {
            Held gone = held.remove(id);
            bytes -= gone == null ? 0 : gone.message.data().length();
        }
    }

    /** Returns the message for a peer that asks for it, unless it has asked too often. */
    Optional<Message> give(Bytes id, PeerId peer) {
        Held found = held.get(id);
        if (found == null || found.sent.merge(peer, 1, Integer::sum) > options.retransmissions()) {
            return Optional.empty();
        }
        return Optional.of(found.message);
    }

    /** Returns the ids of {@code topic} that are still offered. */
    List<Bytes> offered(String topic) {
        List<Bytes> ids = new ArrayList<>();
        int window = 0;
        for (List<Bytes> some : windows) {
            if (window++ == options.offered()) {
                break;
            }
            for (Bytes id : some) {
                Held found = held.get(id);
                if (found != null && found.message.topic().equals(topic)) {
                    ids.add(id);
                }
            }
        }
        return ids;
    }

    /** Ends a heartbeat. */
    void shift() {
        windows.addFirst(new ArrayList<>());
        while (windows.size() > options.history()) {
            drop(windows.removeLast());
        }
    }
}

package io.ggen.libp2p.gossipsub.rpc;

import io.ggen.base.Bytes;

import java.time.Duration;
import java.util.List;

/**
 * The control part of an RPC: what peers say about meshes and about messages that they hold.
 * Immutable.
 *
 * @param have message ids that the sender holds, by topic
 * @param want message ids that the sender asks for
 * @param graft topics whose mesh the sender has taken the receiver into
 * @param prune topics whose mesh the sender has taken the receiver out of
 * @param dontWant message ids that the sender no longer needs (gossipsub 1.2)
 * @see <a
 *     href="https://github.com/libp2p/specs/blob/master/pubsub/gossipsub/gossipsub-v1.0.md#control-messages">
 *     control messages</a>
 */
public record Control(
        List<Have> have,
        List<Bytes> want,
        List<String> graft,
        List<Prune> prune,
        List<Bytes> dontWant) {
    private static final Control NONE =
            new Control(List.of(), List.of(), List.of(), List.of(), List.of());

    /** Copies the lists. */
    public Control {
        have = List.copyOf(have);
        want = List.copyOf(want);
        graft = List.copyOf(graft);
        prune = List.copyOf(prune);
        dontWant = List.copyOf(dontWant);
    }

    /** Returns the control part that says nothing. */
    public static Control none() {
        return NONE;
    }

    /** Returns whether nothing is said. */
    public boolean isEmpty() {
        return have.isEmpty()
                && want.isEmpty()
                && graft.isEmpty()
                && prune.isEmpty()
                && dontWant.isEmpty();
    }

    /** IHAVE: ids of messages of {@code topic}. */
    public record Have(String topic, List<Bytes> ids) {
        /** Copies the list. */
        public Have {
            ids = List.copyOf(ids);
        }
    }

    /**
     * PRUNE of a topic.
     *
     * @param exchange other peers of the topic, to be grafted instead
     * @param backoff how long the receiver must not graft the sender; zero when it was not said
     */
    public record Prune(String topic, List<Candidate> exchange, Duration backoff) {
        /** Copies the list. */
        public Prune {
            exchange = List.copyOf(exchange);
        }
    }

    /**
     * A peer that is offered in a PRUNE.
     *
     * @param peer its id, as bytes that nobody has checked
     * @param record its signed peer record, likewise unchecked; empty when none was given
     */
    public record Candidate(Bytes peer, Bytes record) {}
}

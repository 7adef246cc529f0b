package io.ggen.libp2p.gossipsub.rpc;

import java.util.List;

/**
 * One frame of a pubsub stream. Immutable.
 *
 * @see <a href="https://github.com/libp2p/specs/blob/master/pubsub/README.md#the-rpc">the RPC</a>
 */
public record Rpc(List<Subscription> subscriptions, List<Message> messages, Control control) {
    /** Copies the lists. */
    public Rpc {
        subscriptions = List.copyOf(subscriptions);
        messages = List.copyOf(messages);
    }

    /** Returns an RPC that holds {@code messages} alone. */
    public static Rpc of(Message... messages) {
        return new Rpc(List.of(), List.of(messages), Control.none());
    }

    /** Returns an RPC that holds {@code subscriptions} alone. */
    public static Rpc of(Subscription... subscriptions) {
        return new Rpc(List.of(subscriptions), List.of(), Control.none());
    }

    /** Returns an RPC that holds {@code control} alone. */
    public static Rpc of(Control control) {
        return new Rpc(List.of(), List.of(), control);
    }

    /** Returns whether nothing is in it. */
    public boolean isEmpty() {
        return subscriptions.isEmpty() && messages.isEmpty() && control.isEmpty();
    }
}

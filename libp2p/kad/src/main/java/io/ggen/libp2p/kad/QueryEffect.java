package io.ggen.libp2p.kad;

import java.util.List;
import java.util.Optional;

/** What is to be done for a {@link Query}, or what it has found. */
public sealed interface QueryEffect {
    /**
     * Send {@code request} to {@code peer} and report what comes of it. ADD_PROVIDER gets no
     * answer: report an empty one as soon as it was sent.
     */
    record Ask(KadPeer peer, KadRequest request) implements QueryEffect {}

    /** Send {@code request} to {@code peer} and report nothing. */
    record Tell(KadPeer peer, KadRequest request) implements QueryEffect {}

    /** Here is a valid value, better than those before. */
    record ValueFound(KadRecord record) implements QueryEffect {}

    /** Here are providers that were not known before. */
    record ProvidersFound(List<KadPeer> providers) implements QueryEffect {
        /** Copies the list. */
        public ProvidersFound {
            providers = List.copyOf(providers);
        }
    }

    /** Three of four that are to hold it have it: who stores may go on, the rest follows. */
    record Secured(int holders) implements QueryEffect {}

    /**
     * The query has ended; nothing follows.
     *
     * @param nearest the peers nearest to the key that have answered, nearest first
     * @param value the best value, of a query for one
     * @param holders how many store what was to be stored
     */
    record Done(List<KadPeer> nearest, Optional<KadRecord> value, int holders)
            implements QueryEffect {
        /** Copies the list. */
        public Done {
            nearest = List.copyOf(nearest);
        }
    }
}

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

    /** What the query has found, for whoever wanted it. */
    sealed interface News extends QueryEffect {}

    /** Here is a valid value, better than those before. */
    record ValueFound(KadRecord record) implements News {}

    /** The peer that is looked for is said to be here; by itself once it is among the nearest. */
    record PeerFound(KadPeer peer) implements News {}

    /** Here are providers that were not known before. */
    record ProvidersFound(List<KadPeer> providers) implements News {
        /** Copies the list. */
        public ProvidersFound {
            providers = List.copyOf(providers);
        }
    }

    /**
     * Three of four that are to hold a value have it, or two of five that are to know a provider
     * were told: who stores may go on, the rest follows.
     */
    record Secured(int holders) implements News {}

    /**
     * The query has ended; nothing follows.
     *
     * @param nearest the peers nearest to the key, nearest first, that have answered; of a query
     *     for nothing else also those that several peers name and that have taken a connection
     * @param value the best value, of a query for one
     * @param holders how many store what was to be stored, or have given a valid value
     */
    record Done(List<KadPeer> nearest, Optional<KadRecord> value, int holders) implements News {
        /** Copies the list. */
        public Done {
            nearest = List.copyOf(nearest);
        }
    }
}

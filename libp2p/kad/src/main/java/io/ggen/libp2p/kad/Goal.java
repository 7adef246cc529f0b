package io.ggen.libp2p.kad;

import io.ggen.libp2p.kad.QueryEffect.Tell;

import java.util.List;
import java.util.Optional;

/** What a query wants beyond the way to the nearest peers. */
sealed interface Goal permits Goal.Nearest, Goal.Storing, PeerGoal, ValueGoal, ProvidersGoal {
    /** Returns what each peer on the way is asked. */
    KadRequest question();

    /** Hears an answer; returns what it has brought. */
    default List<QueryEffect> heard(KadPeer peer, KadAnswer answer) {
        return List.of();
    }

    /** Returns whether nobody else needs to be asked. */
    default boolean isEnough() {
        return false;
    }

    /** Returns whether not all of the nearest need to have answered. */
    default boolean isHasty() {
        return false;
    }

    /** Returns what the nearest are asked at the end. */
    default Optional<KadRequest> store() {
        return Optional.empty();
    }

    /** Returns what others are told at the end. */
    default List<Tell> corrections(List<KadPeer> nearest) {
        return List.of();
    }

    /** Hears what is known here already; returns what that has brought. */
    default List<QueryEffect> known(KadAnswer answer) {
        return List.of();
    }

    /** Returns the best value so far. */
    default Optional<KadRecord> value() {
        return Optional.empty();
    }

    /** Returns how many have given a valid value. */
    default int holders() {
        return 0;
    }

    /** Nothing beyond. */
    record Nearest(KadRequest question, boolean isHasty) implements Goal {}

    /** To store something at the nearest. */
    record Storing(KadRequest question, KadRequest request) implements Goal {
        @Override
        public Optional<KadRequest> store() {
            return Optional.of(request);
        }
    }
}

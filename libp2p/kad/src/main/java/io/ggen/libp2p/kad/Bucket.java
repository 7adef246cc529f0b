package io.ggen.libp2p.kad;

import io.ggen.libp2p.key.PeerId;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The peers at one distance, the longest known first, and newcomers that wait for a place. */
final class Bucket {
    private static final int MAX_WAITING = 4;

    private final Map<PeerId, Seat> seats = new LinkedHashMap<>();
    private final Map<PeerId, KadPeer> waiting = new LinkedHashMap<>();
    private Instant refreshed = Instant.MIN;

    /**
     * A peer in its place.
     *
     * <p>Transitions: LIVE → ASKED (silent for long while a newcomer waits) → LIVE (it answered);
     * LIVE, ASKED → FAILED (it did not) → LIVE (it answered after all) or out of the table.
     */
    static final class Seat {
        private final Place place;
        private KadPeer peer;
        private Optional<NetworkGroup> group;
        private Instant heard;
        private State state = State.LIVE;

        /** How far a peer is trusted to be there. */
        enum State {
            LIVE,
            ASKED,
            FAILED
        }

        Seat(KadPeer peer, Optional<NetworkGroup> group, Instant heard) {
            this.peer = peer;
            this.place = Place.of(peer.id());
            this.group = group;
            this.heard = heard;
        }

        KadPeer peer() {
            return peer;
        }

        Place place() {
            return place;
        }

        State state() {
            return state;
        }

        Instant heard() {
            return heard;
        }

        /** Returns the part of the internet that the peer was seen in, when it is a public one. */
        Optional<NetworkGroup> group() {
            return group;
        }

        void move(KadPeer now, Optional<NetworkGroup> to) {
            peer = now;
            group = to;
        }

        void hear(Instant at) {
            heard = at;
            state = State.LIVE;
        }

        void ask() {
            state = state == State.FAILED ? State.FAILED : State.ASKED;
        }

        boolean isDoubtful(Instant limit) {
            return state == State.FAILED || isSilentSince(limit);
        }

        void spare() {
            if (state == State.ASKED) {
                state = State.LIVE;
            }
        }

        void fail() {
            state = State.FAILED;
        }

        boolean isSilentSince(Instant limit) {
            return state == State.LIVE && heard.isBefore(limit);
        }
    }

    int size() {
        return seats.size();
    }

    boolean isEmpty() {
        return seats.isEmpty();
    }

    Collection<Seat> seats() {
        return seats.values();
    }

    Optional<Seat> seat(PeerId peer) {
        return Optional.ofNullable(seats.get(peer));
    }

    void sit(Seat seat) {
        waiting.remove(seat.peer().id());
        seats.put(seat.peer().id(), seat);
    }

    void remove(PeerId peer) {
        seats.remove(peer);
    }

    /** Lets {@code peer} wait; beyond four the one that waited longest gives up. */
    void await(KadPeer peer) {
        waiting.remove(peer.id());
        waiting.put(peer.id(), peer);
        if (waiting.size() > MAX_WAITING) {
            Iterator<PeerId> eldest = waiting.keySet().iterator();
            eldest.next();
            eldest.remove();
        }
    }

    /** Returns who waits, the latest first, and lets nobody wait any longer. */
    List<KadPeer> callWaiting() {
        List<KadPeer> called = List.copyOf(new ArrayList<>(waiting.values()).reversed());
        waiting.clear();
        return called;
    }

    /** Returns the first peer that has failed. */
    Optional<Seat> failed() {
        return first(Seat.State.FAILED);
    }

    /** Returns whether a peer is being asked for a sign of life. */
    boolean isAsking() {
        return first(Seat.State.ASKED).isPresent();
    }

    private Optional<Seat> first(Seat.State state) {
        return seats.values().stream().filter(seat -> seat.state == state).findFirst();
    }

    /** Returns the peer that was silent for longest, when that is since before {@code limit}. */
    Optional<Seat> silent(Instant limit) {
        return seats.values().stream()
                .filter(seat -> seat.isSilentSince(limit))
                .min((a, b) -> a.heard.compareTo(b.heard));
    }

    /** Lets the bucket be due. */
    void renew() {
        refreshed = Instant.MIN;
    }

    /** Returns whether the bucket is due, and counts it as refreshed if so. */
    boolean refresh(Instant now, Instant limit) {
        boolean due = !refreshed.isAfter(limit);
        if (due) {
            refreshed = now;
        }
        return due;
    }
}

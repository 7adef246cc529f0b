package io.ggen.libp2p.kad;

import io.ggen.libp2p.key.PeerId;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The peers at one distance, the longest known first, and newcomers that wait for a place. */
final class Bucket {
    private static final int MAX_WAITING = 4;

    private final Map<PeerId, Seat> seats = new LinkedHashMap<>();
    private final Map<PeerId, KadPeer> waiting = new LinkedHashMap<>();
    private Instant refreshed;

    Bucket(Instant now) {
        this.refreshed = now;
    }

    /**
     * A peer in its place.
     *
     * <p>Transitions: LIVE → ASKED (silent for long while a newcomer waits) → LIVE (it answered);
     * LIVE, ASKED → FAILED (it did not) → LIVE (it answered after all) or out of the table.
     */
    static final class Seat {
        private final Place place;
        private KadPeer peer;
        private Set<NetworkGroup> groups;
        private Instant heard;
        private State state = State.LIVE;

        /** How far a peer is trusted to be there. */
        enum State {
            LIVE,
            ASKED,
            FAILED
        }

        Seat(KadPeer peer, Instant heard) {
            this.peer = peer;
            this.place = Place.of(peer.id());
            this.groups = NetworkGroup.of(peer.addresses());
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

        /** Returns the parts of the internet that the peer is in. */
        Set<NetworkGroup> groups() {
            return groups;
        }

        void move(KadPeer now) {
            peer = now;
            groups = NetworkGroup.of(now.addresses());
        }

        void hear(Instant at) {
            heard = at;
            state = State.LIVE;
        }

        void ask() {
            state = State.ASKED;
        }

        void fail() {
            state = State.FAILED;
        }

        private boolean silentSince(Instant limit) {
            return state == State.LIVE && heard.isBefore(limit);
        }
    }

    int size() {
        return seats.size();
    }

    boolean isEmpty() {
        return seats.isEmpty();
    }

    List<Seat> seats() {
        return List.copyOf(seats.values());
    }

    Optional<Seat> seat(PeerId peer) {
        return Optional.ofNullable(seats.get(peer));
    }

    void sit(KadPeer peer, Instant now) {
        waiting.remove(peer.id());
        seats.put(peer.id(), new Seat(peer, now));
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
                .filter(seat -> seat.silentSince(limit))
                .min((a, b) -> a.heard.compareTo(b.heard));
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

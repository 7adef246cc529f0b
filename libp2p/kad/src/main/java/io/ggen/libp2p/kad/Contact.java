package io.ggen.libp2p.kad;

import io.ggen.multiformats.Multiaddr;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A peer that a query has heard of.
 *
 * <p>Transitions: HEARD → ASKED → ANSWERED; ASKED → SLOW (patience is over) → ANSWERED; ASKED, SLOW
 * → FAILED (deadline or error) → HEARD, when somebody names addresses that were not tried.
 */
final class Contact {
    private static final int MAX_ATTEMPTS = 3;
    private static final int MAX_NAMERS = 8;
    private static final int TOLERATED = 3;
    private static final int VOUCHERS = 3;

    private final KadPeer named;
    private final Place place;
    private final Set<Multiaddr> addresses;
    private final List<Contact> namers = new ArrayList<>();
    private final boolean given;
    private State state = State.HEARD;
    private int right;
    private int wrong;
    private Instant asked = Instant.MIN;
    private Optional<Duration> reached = Optional.empty();
    private int attempts;
    private int tried;
    private Sweep sweep = Sweep.NONE;

    /** Whether it is asked, beyond the question, for its own neighbours. */
    private enum Sweep {
        NONE,
        ASKED,
        OVER
    }

    enum State {
        HEARD,
        ASKED,
        SLOW,
        ANSWERED,
        FAILED
    }

    /** Makes a contact that the query was given to begin with. */
    Contact(KadPeer peer) {
        this(peer, true);
    }

    /** Makes a contact that {@code namer} has named. */
    Contact(KadPeer peer, Contact namer) {
        this(peer, false);
        namers.add(namer);
    }

    private Contact(KadPeer peer, boolean given) {
        this.named = peer;
        this.given = given;
        this.place = Place.of(peer.id());
        this.addresses = new LinkedHashSet<>(peer.addresses());
    }

    Place place() {
        return place;
    }

    State state() {
        return state;
    }

    Instant asked() {
        return asked;
    }

    /** Returns the peer with every address that it was given, the latest first. */
    KadPeer peer() {
        return addresses.size() == named.addresses().size()
                ? named
                : new KadPeer(named.id(), new ArrayList<>(addresses).reversed());
    }

    /** Hears of the peer again: what one peer says of another's addresses may be wrong. */
    void name(List<Multiaddr> more, Contact namer) {
        if (namers.size() < MAX_NAMERS && !namers.contains(namer)) {
            namers.add(namer);
        }
        boolean news = addresses.size() < 4 * KadPeer.MAX_ADDRESSES && addresses.addAll(more);
        if (news && state == State.FAILED && attempts < MAX_ATTEMPTS) {
            state = State.HEARD;
        }
    }

    /**
     * Returns whether it is worth asking: it was given, or one of those who named it has not named
     * far more peers that were not there than peers that were.
     */
    boolean isCredible() {
        return given || namers.stream().anyMatch(namer -> !namer.isLiar());
    }

    private boolean isLiar() {
        return wrong > TOLERATED + 2 * right;
    }

    void ask(Instant now) {
        state = State.ASKED;
        asked = now;
        reached = Optional.empty();
        tried = addresses.size();
        attempts++;
    }

    /** Hears that somebody has taken the connection; returns whether that is news. */
    boolean reach(Instant now) {
        if (!isOpen() || reached.isPresent()) {
            return false;
        }
        reached = Optional.of(Duration.between(asked, now));
        if (state == State.SLOW) {
            state = State.ASKED;
            namers.forEach(namer -> namer.wrong--);
        }
        return true;
    }

    /** Returns how long it took until somebody there took the connection. */
    Optional<Duration> reached() {
        return reached;
    }

    /**
     * Returns whether it is taken for one that is there before it answers: somebody takes
     * connections there, and it was given or several credible peers say that it is that one.
     */
    boolean isVouchedFor() {
        return reached.isPresent()
                && (given || namers.stream().filter(namer -> !namer.isLiar()).count() >= VOUCHERS);
    }

    /** Returns how many that are no liars have named it. */
    int credit() {
        return (int) namers.stream().filter(namer -> !namer.isLiar()).count();
    }

    void slow() {
        if (state == State.ASKED) {
            state = State.SLOW;
            namers.forEach(namer -> namer.wrong++);
        }
    }

    void answer() {
        state = State.ANSWERED;
        namers.forEach(namer -> namer.right++);
    }

    /** Hears that it could not be asked; it can be again where more addresses are known by now. */
    void fail() {
        slow();
        boolean untried = addresses.size() > tried && attempts < MAX_ATTEMPTS;
        state = untried ? State.HEARD : State.FAILED;
    }

    /** Asks it for its neighbours, or hears that it has been. */
    void sweep(boolean begins) {
        if (begins) {
            sweep = Sweep.ASKED;
        } else if (sweep == Sweep.ASKED) {
            sweep = Sweep.OVER;
        }
    }

    boolean isSwept() {
        return sweep == Sweep.ASKED;
    }

    boolean isUnswept() {
        return sweep == Sweep.NONE;
    }

    boolean isOpen() {
        return state == State.ASKED || state == State.SLOW;
    }
}

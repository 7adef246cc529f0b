package io.ggen.libp2p.kad;

import io.ggen.libp2p.kad.Contact.State;
import io.ggen.libp2p.key.PeerId;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The way to the peers nearest to a place: whom to ask next, and when all of them have answered.
 *
 * <p>Looked at are the nearest that neither failed nor keep us waiting for longer than peers do,
 * and some more in case they are dead. Who several have named is asked at once; of the others at
 * most α at a time, those not counted that have taken the connection or are slower than most; all
 * once β of the nearest have answered. Who takes no connection within the time that others need for
 * that, one round trip, is taken for dead until it does. The lookup ends when the nearest have
 * answered. So a peer that is invented or dead costs patience but no place among the nearest, and
 * whoever names wrong addresses of others is outweighed by who names right ones.
 *
 * <p>The dead take up places in answers too: where some of the nearest do not answer, those at the
 * edge are asked for their own neighbours, among whom are the ones that were not named.
 */
final class Lookup {
    /** How many peers one query hears of at most. */
    static final int MAX_CONTACTS = 2000;

    private static final int MAX_SWEEPS = 3;

    /** How many have to name a peer so that it is asked at once. */
    private static final int CONCORD = 2;

    private final PeerId self;
    private final Place target;
    private final QueryOptions options;
    private final Map<PeerId, Contact> contacts = new HashMap<>();
    private final List<Contact> open = new ArrayList<>();
    private final List<Sweep> swept = new ArrayList<>();
    private final TreeMap<Place, Contact> byDistance;
    private Timing timing;
    private int sweeps;

    /** What to send to whom: the query's question, or for whom to be asked instead. */
    record Step(KadPeer peer, boolean neighbours) {}

    /** A contact that is asked for its neighbours. */
    private record Sweep(Contact contact, Instant asked) {}

    Lookup(PeerId self, Place target, QueryOptions options) {
        this.self = self;
        this.target = target;
        this.options = options;
        this.timing = new Timing(options.patience());
        this.byDistance = new TreeMap<>(target::compareDistances);
    }

    /** Uses and improves what is known of how long peers take. */
    void use(Timing known) {
        timing = known;
    }

    /** Is given the peers to begin with, nearest first. */
    void begin(List<KadPeer> peers) {
        for (KadPeer peer : useful(peers)) {
            contacts.computeIfAbsent(peer.id(), id -> add(new Contact(peer)));
        }
    }

    private List<KadPeer> useful(List<KadPeer> peers) {
        return peers.stream()
                .filter(peer -> !peer.id().equals(self))
                .limit(options.named())
                .toList();
    }

    private Contact add(Contact contact) {
        byDistance.put(contact.place(), contact);
        return contact;
    }

    /**
     * Hears that {@code peer} has answered and named peers, of which the first are looked at, as
     * many as an answer may hold; returns whether this is its answer to the question.
     */
    boolean answered(PeerId peer, List<KadPeer> closer, Instant now) {
        Contact contact = contacts.get(peer);
        if (contact == null || !(contact.isOpen() || contact.isSwept())) {
            return false;
        }
        boolean first = contact.isOpen();
        if (first) {
            reached(contact, now);
            contact.answer();
            open.remove(contact);
        }
        contact.sweep(false);
        useful(closer).forEach(named -> hear(named, contact));
        return first;
    }

    /**
     * Hears that somebody has taken the connection to {@code peer}, of whom no more is known;
     * returns whether that was being waited for.
     */
    boolean reached(PeerId peer, Instant now) {
        Contact contact = contacts.get(peer);
        return contact != null && reached(contact, now);
    }

    private boolean reached(Contact contact, Instant now) {
        boolean news = contact.reach(now);
        if (news) {
            timing.sign(Duration.between(contact.asked(), now));
        }
        return news;
    }

    private void hear(KadPeer peer, Contact namer) {
        Contact known = contacts.get(peer.id());
        if (known != null) {
            known.name(peer.addresses(), namer);
        } else if (contacts.size() < MAX_CONTACTS) {
            contacts.put(peer.id(), add(new Contact(peer, namer)));
        }
    }

    /** Hears that {@code peer} could not be asked. */
    void failed(PeerId peer) {
        Contact contact = contacts.get(peer);
        if (contact != null && contact.isOpen()) {
            fail(contact);
            open.remove(contact);
        } else if (contact != null) {
            contact.sweep(false);
        }
    }

    private void fail(Contact contact) {
        if (contact.state() == State.ASKED && contact.reached().isEmpty()) {
            timing.missed();
        }
        contact.fail();
    }

    /** Returns whom to ask now, and counts them as asked. */
    List<Step> next(Instant now) {
        expire(now);
        int spare = timing.spare(options.nearest());
        List<Contact> window = window(options.nearest() + spare);
        int free = allowed(window) + spare - underWay(now);
        List<Step> steps = new ArrayList<>();
        for (Contact contact : window) {
            if (contact.state() == State.HEARD && (contact.credit() >= CONCORD || free-- > 0)) {
                contact.ask(now);
                open.add(contact);
                steps.add(new Step(contact.peer(), false));
            }
        }
        sweep(window, steps, now);
        return steps;
    }

    private void expire(Instant now) {
        Instant late = now.minus(options.deadline());
        Instant slow = now.minus(options.patience());
        swept.removeIf(sweep -> {
            boolean over = !sweep.contact().isSwept() || !sweep.asked().isAfter(slow);
            if (over) {
                sweep.contact().sweep(false);
            }
            return over;
        });
        open.removeIf(contact -> {
            boolean over = !contact.asked().isAfter(late);
            if (over) {
                fail(contact);
            } else if (contact.state() == State.ASKED && !now.isBefore(late(contact))) {
                if (contact.reached().isEmpty()) {
                    timing.missed();
                }
                contact.slow();
            }
            return over;
        });
    }

    /** Returns when others count in the place of one that was asked. */
    private Instant late(Contact contact) {
        return contact.asked()
                .plus(contact.reached().map(timing::answer).orElseGet(timing::signOfLife));
    }

    private int underWay(Instant now) {
        Instant slower = now.minus(timing.usual());
        int count = 0;
        for (Contact contact : open) {
            boolean silent = contact.state() == State.ASKED && contact.reached().isEmpty();
            if (silent && contact.asked().isAfter(slower)) {
                count++;
            }
        }
        return count;
    }

    private int allowed(List<Contact> window) {
        return count(window, State.ANSWERED) >= options.resilience()
                ? options.nearest()
                : options.parallel();
    }

    private List<Contact> window(int size) {
        List<Contact> window = new ArrayList<>(size);
        for (Contact contact : byDistance.values()) {
            if (window.size() == size) {
                break;
            }
            if (isInView(contact)) {
                window.add(contact);
            }
        }
        return window;
    }

    private static boolean isInView(Contact contact) {
        return switch (contact.state()) {
            case HEARD -> contact.isCredible();
            case ASKED, ANSWERED -> true;
            case SLOW, FAILED -> false;
        };
    }

    /** Asks those at the edge for their neighbours, once for each nearer peer that is missing. */
    private void sweep(List<Contact> window, List<Step> steps, Instant now) {
        List<Contact> nearest = window.subList(0, Math.min(options.nearest(), window.size()));
        if (nearest.size() < options.nearest()
                || count(nearest, State.ANSWERED) < options.nearest() / 2) {
            return;
        }
        int due = Math.min(MAX_SWEEPS, missing(nearest.getLast()));
        for (Contact contact : nearest.reversed()) {
            if (sweeps < due && contact.state() == State.ANSWERED && contact.isUnswept()) {
                sweeps++;
                contact.sweep(true);
                swept.add(new Sweep(contact, now));
                steps.add(new Step(contact.peer(), true));
            }
        }
    }

    /** Returns how many nearer ones than {@code edge} do not answer. */
    private int missing(Contact edge) {
        int missing = 0;
        for (Contact contact : byDistance.values()) {
            if (contact == edge) {
                break;
            }
            boolean gone = contact.state() == State.SLOW || contact.state() == State.FAILED;
            missing += gone ? 1 : 0;
        }
        return missing;
    }

    /**
     * Returns whether the nearest have all answered. While there are fewer than the network may
     * hold, those that keep us waiting are waited for.
     */
    boolean isDone() {
        List<Contact> window = window(options.nearest());
        boolean answered =
                window.stream().allMatch(contact -> contact.state() == State.ANSWERED)
                        && swept.stream().noneMatch(sweep -> sweep.contact().isSwept());
        return answered && (window.size() >= options.nearest() || open.isEmpty());
    }

    /**
     * Returns whether the nearest are known, though not all of them have answered: a quarter has,
     * and the others are there by what several say.
     */
    boolean isFound() {
        List<Contact> window = window(options.nearest());
        return window.size() >= options.nearest()
                && count(window, State.ANSWERED) >= options.nearest() / 4
                && window.stream().allMatch(Lookup::isThere);
    }

    private static boolean isThere(Contact contact) {
        return contact.state() == State.ANSWERED
                || contact.state() == State.ASKED && contact.isVouchedFor();
    }

    private static long count(List<Contact> contacts, State state) {
        return contacts.stream().filter(contact -> contact.state() == state).count();
    }

    /** Returns the nearest that have answered, nearest first. */
    List<KadPeer> nearest() {
        return nearest(contact -> contact.state() == State.ANSWERED);
    }

    /** Returns the nearest that have answered or are there by what several say, nearest first. */
    List<KadPeer> found() {
        return nearest(Lookup::isThere);
    }

    private List<KadPeer> nearest(Predicate<Contact> which) {
        return byDistance.values().stream()
                .filter(which)
                .limit(options.nearest())
                .map(Contact::peer)
                .toList();
    }

    /**
     * Returns those of the nearest heard of that several have named or that have answered, up to
     * {@code radius} away from the target: most of them will be among the nearest in the end.
     */
    List<KadPeer> likely(double radius) {
        return window(options.nearest()).stream()
                .filter(contact -> target.distance(contact.place()).fraction() <= radius)
                .filter(contact -> contact.state() == State.ANSWERED || contact.credit() >= CONCORD)
                .map(Contact::peer)
                .toList();
    }

    /**
     * Returns those of the nearest heard of that have answered, once these are half of as many as
     * are looked for: they are likely to be among the nearest in the end.
     */
    List<KadPeer> settled() {
        List<Contact> window = window(options.nearest());
        return count(window, State.ANSWERED) * 2 < options.nearest()
                ? List.of()
                : window.stream()
                        .filter(contact -> contact.state() == State.ANSWERED)
                        .map(Contact::peer)
                        .toList();
    }

    /** Returns when something happens without an answer, if anybody is being waited for. */
    Optional<Instant> wakeUp(Instant now) {
        Duration usual = timing.usual();
        Optional<Instant> first = Optional.empty();
        for (Contact contact : open) {
            Instant next = contact.asked().plus(options.deadline());
            if (contact.state() == State.ASKED) {
                Instant slower = contact.asked().plus(usual);
                next = slower.isAfter(now) ? slower : late(contact);
            }
            first = earlier(first, next);
        }
        for (Sweep sweep : swept) {
            first = earlier(first, sweep.asked().plus(options.patience()));
        }
        return first;
    }

    private static Optional<Instant> earlier(Optional<Instant> first, Instant next) {
        return first.filter(known -> !next.isBefore(known)).or(() -> Optional.of(next));
    }
}

package io.ggen.libp2p.kad;

import io.ggen.libp2p.kad.Contact.State;
import io.ggen.libp2p.key.PeerId;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The way to the peers nearest to a place: whom to ask next, and when all of them have answered.
 *
 * <p>Looked at are the nearest that neither failed nor keep us waiting. Until β of them have
 * answered in a row from the nearest on, at most α are asked at a time, then all of them. The
 * lookup ends when all have answered. So a peer that is invented or dead costs patience but no
 * place among the nearest, and whoever names wrong addresses of others is outweighed by who names
 * right ones.
 */
final class Lookup {
    /** How many peers one query hears of at most. */
    static final int MAX_CONTACTS = 2000;

    private final PeerId self;
    private final QueryOptions options;
    private final Map<PeerId, Contact> contacts = new HashMap<>();
    private final TreeMap<Place, Contact> byDistance;

    Lookup(PeerId self, Place target, QueryOptions options) {
        this.self = self;
        this.options = options;
        this.byDistance = new TreeMap<>(target::compareDistances);
    }

    /** Is given the peers to begin with, nearest first. */
    void begin(List<KadPeer> peers) {
        useful(peers)
                .forEach(peer -> contacts.computeIfAbsent(peer.id(), id -> add(new Contact(peer))));
    }

    private List<KadPeer> useful(List<KadPeer> peers) {
        return peers.stream()
                .filter(peer -> !peer.id().equals(self))
                .limit(options.nearest())
                .toList();
    }

    private Contact add(Contact contact) {
        byDistance.put(contact.place(), contact);
        return contact;
    }

    /**
     * Hears that {@code peer} has answered and named peers, of which the first are looked at, as
     * many as an answer may hold; returns whether it was asked and is not too late.
     */
    boolean answered(PeerId peer, List<KadPeer> closer) {
        Optional<Contact> namer = open(peer);
        namer.ifPresent(contact -> {
            contact.answer();
            useful(closer).forEach(named -> hear(named, contact));
        });
        return namer.isPresent();
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
        open(peer).ifPresent(Contact::fail);
    }

    private Optional<Contact> open(PeerId peer) {
        return Optional.ofNullable(contacts.get(peer)).filter(Contact::isOpen);
    }

    /** Returns whom to ask now, and counts them as asked. */
    List<KadPeer> next(Instant now) {
        expire(now);
        List<Contact> window = window();
        int free = allowed(window) - (int) count(window, State.ASKED);
        List<KadPeer> asked = new ArrayList<>();
        for (Contact contact : window) {
            if (contact.state() == State.HEARD && free-- > 0) {
                contact.ask(now);
                asked.add(contact.peer());
            }
        }
        return asked;
    }

    private void expire(Instant now) {
        byDistance.values().stream()
                .filter(Contact::isOpen)
                .forEach(contact -> expire(contact, now));
    }

    private void expire(Contact contact, Instant now) {
        if (!now.isBefore(contact.asked().plus(options.deadline()))) {
            contact.fail();
        } else if (!now.isBefore(contact.asked().plus(options.patience()))) {
            contact.slow();
        }
    }

    private int allowed(List<Contact> window) {
        int row = 0;
        while (row < window.size() && window.get(row).state() == State.ANSWERED) {
            row++;
        }
        return row >= options.resilience() ? options.nearest() : options.parallel();
    }

    private List<Contact> window() {
        return byDistance.values().stream()
                .filter(Lookup::isInView)
                .limit(options.nearest())
                .toList();
    }

    private static boolean isInView(Contact contact) {
        return switch (contact.state()) {
            case HEARD -> contact.isCredible();
            case ASKED, ANSWERED -> true;
            case SLOW, FAILED -> false;
        };
    }

    /**
     * Returns whether the nearest have all answered. While there are fewer than the network may
     * hold, those that keep us waiting are waited for.
     */
    boolean isDone() {
        List<Contact> window = window();
        boolean answered = count(window, State.ANSWERED) == window.size();
        return answered && (window.size() >= options.nearest() || !hasSlow());
    }

    private boolean hasSlow() {
        return byDistance.values().stream().anyMatch(contact -> contact.state() == State.SLOW);
    }

    private static long count(List<Contact> contacts, State state) {
        return contacts.stream().filter(contact -> contact.state() == state).count();
    }

    /** Returns the nearest that have answered, nearest first. */
    List<KadPeer> nearest() {
        return byDistance.values().stream()
                .filter(contact -> contact.state() == State.ANSWERED)
                .limit(options.nearest())
                .map(Contact::peer)
                .toList();
    }

    /** Returns when something happens without an answer, if anybody is being waited for. */
    Optional<Instant> wakeUp() {
        return byDistance.values().stream()
                .flatMap(contact -> wakeUp(contact).stream())
                .min(Instant::compareTo);
    }

    private Optional<Instant> wakeUp(Contact contact) {
        return switch (contact.state()) {
            case ASKED -> Optional.of(contact.asked().plus(options.patience()));
            case SLOW -> Optional.of(contact.asked().plus(options.deadline()));
            case HEARD, ANSWERED, FAILED -> Optional.empty();
        };
    }
}

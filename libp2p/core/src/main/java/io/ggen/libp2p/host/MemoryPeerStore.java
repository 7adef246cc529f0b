package io.ggen.libp2p.host;

import io.ggen.base.Bytes;
import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.Libp2pException.Code;
import io.ggen.libp2p.key.PeerId;
import io.ggen.libp2p.key.PublicKey;
import io.ggen.multiformats.Multiaddr;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A peer store that lives as long as its process. Thread-safe. */
public final class MemoryPeerStore implements PeerStore {
    private final InstantSource clock;
    private final Limits limits;

    /** In the order in which something was learned of them. */
    private final Map<PeerId, Entry> peers = new LinkedHashMap<>();

    /** Makes an empty store that tells time by {@code clock}. */
    public MemoryPeerStore(InstantSource clock, Limits limits) {
        this.clock = clock;
        this.limits = limits;
    }

    /**
     * All that is known of a peer, as a store on disk keeps it.
     *
     * @param addresses with the end of their validity
     * @param sequence of its latest signed record, unsigned
     */
    public record Known(
            PeerId peer,
            Map<Multiaddr, Instant> addresses,
            Map<String, Bytes> notes,
            Optional<Identity> identity,
            Optional<PublicKey> key,
            Optional<Long> sequence) {
        /** Copies the maps and keeps the order of the addresses. */
        public Known {
            addresses = Collections.unmodifiableMap(new LinkedHashMap<>(addresses));
            notes = Map.copyOf(notes);
        }
    }

    /** Returns all that is known of {@code peer} and still valid. */
    public synchronized Optional<Known> known(PeerId peer) {
        Entry entry = peers.get(peer);
        if (entry == null) {
            return Optional.empty();
        }
        entry.dropExpired(clock.instant());
        return Optional.of(
                new Known(
                        peer,
                        entry.addresses,
                        entry.notes,
                        entry.identity,
                        entry.key,
                        entry.recordSequence));
    }

    /** Remembers all of {@code known}, as what was learned last, in place of what was. */
    public synchronized void restore(Known known) {
        peers.remove(known.peer());
        Entry entry = touch(known.peer());
        entry.addresses.putAll(known.addresses());
        entry.notes.putAll(known.notes());
        entry.identity = known.identity();
        entry.key = known.key();
        entry.recordSequence = known.sequence();
    }

    private static final class Entry {
        private final Map<Multiaddr, Instant> addresses = new LinkedHashMap<>();
        private final Map<String, Bytes> notes = new HashMap<>();
        private Optional<Identity> identity = Optional.empty();
        private Optional<PublicKey> key = Optional.empty();
        private Optional<Long> recordSequence = Optional.empty();

        void dropExpired(Instant now) {
            addresses.values().removeIf(until -> until.isBefore(now));
        }
    }

    @Override
    public synchronized void addAddresses(
            PeerId peer, List<Multiaddr> addresses, Duration validity) {
        Entry entry = touch(peer);
        entry.dropExpired(clock.instant());
        Instant until = clock.instant().plus(validity);
        for (Multiaddr address : addresses) {
            if (entry.addresses.size() < limits.addresses()
                    || entry.addresses.containsKey(address)) {
                entry.addresses.merge(address, until, (a, b) -> a.isAfter(b) ? a : b);
            }
        }
    }

    @Override
    public synchronized boolean replaceAddresses(
            PeerId peer, long sequence, List<Multiaddr> addresses, Duration validity) {
        Entry entry = touch(peer);
        if (entry.recordSequence
                .filter(known -> Long.compareUnsigned(sequence, known) < 0)
                .isPresent()) {
            return false;
        }
        entry.recordSequence = Optional.of(sequence);
        entry.addresses.clear();
        addAddresses(peer, addresses, validity);
        return true;
    }

    @Override
    public synchronized List<Multiaddr> addresses(PeerId peer) {
        Entry entry = peers.get(peer);
        if (entry == null) {
            return List.of();
        }
        entry.dropExpired(clock.instant());
        return entry.addresses.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .map(Map.Entry::getKey)
                .toList();
    }

    @Override
    public synchronized void identify(PeerId peer, Identity identity) {
        touch(peer).identity = Optional.of(identity);
    }

    @Override
    public synchronized Optional<Identity> identity(PeerId peer) {
        Entry entry = peers.get(peer);
        return entry == null ? Optional.empty() : entry.identity;
    }

    @Override
    public synchronized void addKey(PublicKey key) {
        if (key.peerId().publicKey().isEmpty()) {
            touch(key.peerId()).key = Optional.of(key);
        }
    }

    @Override
    public synchronized Optional<PublicKey> key(PeerId peer) {
        Entry entry = peers.get(peer);
        return peer.publicKey().or(() -> entry == null ? Optional.empty() : entry.key);
    }

    @Override
    public synchronized void note(PeerId peer, String name, Bytes value) {
        if (value.length() > limits.noteLength() || name.length() > limits.noteLength()) {
            throw new IllegalArgumentException(
                    "a note has at most " + limits.noteLength() + " bytes");
        }
        Map<String, Bytes> notes = touch(peer).notes;
        if (notes.size() >= limits.notes() && !notes.containsKey(name)) {
            throw new Libp2pException(
                    Code.LIMIT_EXCEEDED, peer + " has its " + limits.notes() + " notes");
        }
        notes.put(name, value);
    }

    @Override
    public synchronized Optional<Bytes> note(PeerId peer, String name) {
        Entry entry = peers.get(peer);
        return entry == null ? Optional.empty() : Optional.ofNullable(entry.notes.get(name));
    }

    @Override
    public synchronized void forget(PeerId peer) {
        peers.remove(peer);
    }

    @Override
    public synchronized Set<PeerId> peers() {
        return new TreeSet<>(peers.keySet());
    }

    private Entry touch(PeerId peer) {
        @Nullable Entry known = peers.remove(peer);
        if (known == null && peers.size() >= limits.peers()) {
            peers.remove(peers.keySet().iterator().next());
        }
        Entry entry = known == null ? new Entry() : known;
        peers.put(peer, entry);
        return entry;
    }
}

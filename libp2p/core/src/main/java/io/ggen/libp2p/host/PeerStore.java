package io.ggen.libp2p.host;

import io.ggen.libp2p.key.PeerId;
import io.ggen.multiformats.Multiaddr;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is known of other peers: addresses with an end to their validity, protocols, and what they
 * call themselves. Bounded: beyond {@link #MAX_PEERS} peers the one that was used longest ago is
 * forgotten. Thread-safe.
 */
public final class PeerStore {
    /** The most peers that are remembered. */
    public static final int MAX_PEERS = 10_000;

    /** The most addresses that are remembered of one peer. */
    public static final int MAX_ADDRESSES = 64;

    private final InstantSource clock;
    private final Map<PeerId, Entry> peers = new LinkedHashMap<>(16, 0.75f, true);

    /** Makes an empty store that tells time by {@code clock}. */
    public PeerStore(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * What a peer says of itself in identify.
     *
     * @param observed the address at which it sees us
     */
    public record Identity(
            String agent,
            String protocolVersion,
            Set<String> protocols,
            Optional<Multiaddr> observed) {
        /** Copies the set. */
        public Identity {
            protocols = Set.copyOf(protocols);
        }
    }

    private static final class Entry {
        private final Map<Multiaddr, Instant> addresses = new LinkedHashMap<>();
        private Optional<Identity> identity = Optional.empty();
        private long recordSequence = -1;
    }

    /**
     * Remembers {@code addresses} of {@code peer} for {@code validity} from now, or longer where
     * they were known for longer.
     */
    public synchronized void addAddresses(
            PeerId peer, List<Multiaddr> addresses, Duration validity) {
        Instant until = clock.instant().plus(validity);
        Map<Multiaddr, Instant> known = entry(peer).addresses;
        for (Multiaddr address : addresses) {
            if (known.size() < MAX_ADDRESSES || known.containsKey(address)) {
                known.merge(address, until, (a, b) -> a.isAfter(b) ? a : b);
            }
        }
    }

    /**
     * Replaces the addresses of {@code peer} by those of its signed record, unless a later record
     * is known.
     *
     * @return whether the record was newer
     */
    public synchronized boolean replaceAddresses(
            PeerId peer, long sequence, List<Multiaddr> addresses, Duration validity) {
        Entry entry = entry(peer);
        if (entry.recordSequence != -1
                && Long.compareUnsigned(sequence, entry.recordSequence) < 0) {
            return false;
        }
        entry.recordSequence = sequence;
        entry.addresses.clear();
        addAddresses(peer, addresses, validity);
        return true;
    }

    /** Returns the addresses of {@code peer} that are still valid, those valid longest first. */
    public synchronized List<Multiaddr> addresses(PeerId peer) {
        Entry entry = peers.get(peer);
        if (entry == null) {
            return List.of();
        }
        Instant now = clock.instant();
        entry.addresses.values().removeIf(until -> until.isBefore(now));
        return entry.addresses.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Remembers what {@code peer} says of itself. */
    public synchronized void identify(PeerId peer, Identity identity) {
        entry(peer).identity = Optional.of(identity);
    }

    /** Returns what {@code peer} said of itself last. */
    public synchronized Optional<Identity> identity(PeerId peer) {
        Entry entry = peers.get(peer);
        return entry == null ? Optional.empty() : entry.identity;
    }

    /** Returns every peer that is remembered, sorted. */
    public synchronized Set<PeerId> peers() {
        return new TreeSet<>(peers.keySet());
    }

    private Entry entry(PeerId peer) {
        Entry entry = peers.get(peer);
        if (entry == null) {
            if (peers.size() >= MAX_PEERS) {
                peers.remove(peers.keySet().iterator().next());
            }
            entry = new Entry();
            peers.put(peer, entry);
        }
        return entry;
    }
}

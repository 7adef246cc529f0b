package io.ggen.libp2p.host;

import io.ggen.base.Bytes;
import io.ggen.libp2p.key.PeerId;
import io.ggen.libp2p.key.PublicKey;
import io.ggen.multiformats.Multiaddr;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of other peers: addresses with an end to their validity, keys, protocols, what they
 * call themselves, and whatever else is noted of them. Bounded by {@link Limits}: beyond its peers
 * the one of whom nothing was learned for longest is forgotten. Thread-safe. Failures of a store on
 * disk are {@link io.ggen.libp2p.Libp2pException}s with the code IO.
 */
public interface PeerStore {
    /**
     * How much is remembered.
     *
     * @param peers in all
     * @param addresses of each peer; further ones are left out until some are no longer valid
     * @param notes of each peer
     * @param noteLength of each note, in bytes
     */
    record Limits(int peers, int addresses, int notes, int noteLength) {
        /** Returns 10,000 peers with 64 addresses and 32 notes of 4 KiB each. */
        public static Limits standard() {
            return new Limits(10_000, 64, 32, 4096);
        }
    }

    /**
     * What a peer says of itself in identify.
     *
     * @param observed the address at which it sees us
     */
    record Identity(
            String agent,
            String protocolVersion,
            Set<String> protocols,
            Optional<Multiaddr> observed) {
        /** Copies the set. */
        public Identity {
            protocols = Set.copyOf(protocols);
        }
    }

    /**
     * Remembers {@code addresses} of {@code peer} for {@code validity} from now, or longer where
     * they were known for longer.
     */
    void addAddresses(PeerId peer, List<Multiaddr> addresses, Duration validity);

    /**
     * Replaces the addresses of {@code peer} by those of its signed record, unless a later record
     * is known.
     *
     * @param sequence unsigned
     * @return whether the record was not older
     */
    boolean replaceAddresses(
            PeerId peer, long sequence, List<Multiaddr> addresses, Duration validity);

    /** Returns the addresses of {@code peer} that are still valid, those valid longest first. */
    List<Multiaddr> addresses(PeerId peer);

    /** Remembers what {@code peer} says of itself. */
    void identify(PeerId peer, Identity identity);

    /** Returns what {@code peer} said of itself last. */
    Optional<Identity> identity(PeerId peer);

    /** Remembers the key of its peer, where the peer's id does not hold it. */
    void addKey(PublicKey key);

    /** Returns the key of {@code peer}, where its id holds it or it was learned. */
    Optional<PublicKey> key(PeerId peer);

    /**
     * Notes something of {@code peer}, in place of what had that name.
     *
     * @throws IllegalArgumentException when it is longer than a note may be
     * @throws io.ggen.libp2p.Libp2pException LIMIT_EXCEEDED when the peer has all its notes
     */
    void note(PeerId peer, String name, Bytes value);

    /** Returns what was noted of {@code peer} by that name. */
    Optional<Bytes> note(PeerId peer, String name);

    /** Forgets all of {@code peer}. */
    void forget(PeerId peer);

    /** Returns every peer that is remembered, sorted. */
    Set<PeerId> peers();
}

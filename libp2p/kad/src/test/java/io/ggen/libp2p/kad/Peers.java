package io.ggen.libp2p.kad;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;
import io.ggen.libp2p.key.PeerId;
import io.ggen.multiformats.Multiaddr;
import io.ggen.multiformats.Multihash;

import java.time.Instant;
import java.util.List;

/** Peers that are the same in every run. */
final class Peers {
    private Peers() {}

    /** Returns the id of the n-th peer: a hashed one, which costs no key. */
    static PeerId id(long n) {
        return new PeerId(Multihash.of(Sha256.of(Bytes.utf8("peer " + n))).encode());
    }

    /** Returns the n-th peer at an address of this machine. */
    static KadPeer peer(long n) {
        return at(n, "/ip4/127.0.0.1/tcp/" + (1 + n % 65_535));
    }

    /** Returns the n-th peer at {@code addresses}. */
    static KadPeer at(long n, String... addresses) {
        return new KadPeer(id(n), List.of(addresses).stream().map(Multiaddr::parse).toList());
    }

    /** Returns {@code peer} at an address where it is not. */
    static KadPeer misplaced(KadPeer peer) {
        return new KadPeer(peer.id(), at(0, "/ip4/127.9.9.9/tcp/9").addresses());
    }

    /** Lets {@code table} hear of a peer that was seen at its first address. */
    static List<KadPeer> heardOf(RoutingTable table, KadPeer peer) {
        return table.heardOf(peer, peer.addresses().getFirst());
    }

    /** Lets a peer that was seen at its first address answer. */
    static List<KadPeer> answered(RoutingTable table, KadPeer peer, int named, Instant now) {
        return table.answered(peer, peer.addresses().getFirst(), named, now);
    }
}

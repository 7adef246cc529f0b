package io.ggen.marketplace.core.network;

import io.ggen.multiformats.Multiaddr;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a peer.
 *
 * @param agent what it calls its program; empty where it did not say
 * @param protocols that it speaks, sorted
 * @param latency of the last ping
 * @param connectedSince absent where it is remembered alone
 */
public record PeerInfo(
        String peerId,
        List<Multiaddr> addresses,
        String agent,
        List<String> protocols,
        Reputation reputation,
        Optional<Duration> latency,
        Optional<Instant> connectedSince) {
    /** Copies the lists. */
    public PeerInfo {
        addresses = List.copyOf(addresses);
        protocols = List.copyOf(protocols);
    }
}

package io.ggen.marketplace.core.network;

import io.ggen.marketplace.model.Did;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.Version;

import java.time.Duration;
import java.time.Instant;

/** Something that happened at a node. */
public sealed interface NetworkEvent {
    /** Returns when it happened. */
    Instant at();

    /** A connection to a peer that had none stands. */
    record PeerConnected(Instant at, String peerId, String address) implements NetworkEvent {}

    /** The last connection to a peer has ended. */
    record PeerDisconnected(Instant at, String peerId) implements NetworkEvent {}

    /** A release that was unknown so far was announced and verified. */
    record PackageAnnounced(Instant at, PackageId id, Version version, Did publisher, String peerId)
            implements NetworkEvent {}

    /**
     * A lookup has ended.
     *
     * @param key of the record or provider that was looked for, as text
     * @param found how many answers it has
     */
    record DhtQueryComplete(Instant at, String key, int found, Duration took)
            implements NetworkEvent {}

    /**
     * A record was put.
     *
     * @param storedBy how many nodes took it
     */
    record DhtStoreComplete(Instant at, String key, int storedBy, Duration took)
            implements NetworkEvent {}

    /** A valid message came by gossip. */
    record GossipReceived(Instant at, String topic, String peerId, int bytes)
            implements NetworkEvent {}
}

package io.ggen.libp2p.host;

import io.ggen.libp2p.key.PeerId;
import io.ggen.multiformats.Multiaddr;

import java.util.List;

/** Something that happened to a host; its listeners hear of it in order, on one thread. */
public sealed interface HostEvent {
    /** The first connection to {@code peer} stands. */
    record PeerConnected(PeerId peer) implements HostEvent {}

    /** The last connection to {@code peer} has ended. */
    record PeerDisconnected(PeerId peer) implements HostEvent {}

    /** What {@code peer} says of itself is known, or has changed. */
    record PeerIdentified(PeerId peer) implements HostEvent {}

    /** This host's own addresses have changed. */
    record AddressesChanged(List<Multiaddr> addresses) implements HostEvent {}
}

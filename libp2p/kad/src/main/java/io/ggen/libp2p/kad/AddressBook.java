package io.ggen.libp2p.kad;

import io.ggen.libp2p.key.PeerId;
import io.ggen.multiformats.Multiaddr;

import java.util.List;

/**
 * Where peers are by what they say themselves, such as a host's peer store; this node's own
 * addresses included. Does not block for long.
 */
@FunctionalInterface
public interface AddressBook {
    /** Returns the addresses of {@code peer}; empty when nothing is known. */
    List<Multiaddr> of(PeerId peer);
}

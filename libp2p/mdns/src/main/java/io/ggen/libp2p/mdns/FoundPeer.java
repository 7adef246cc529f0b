package io.ggen.libp2p.mdns;

import io.ggen.libp2p.key.PeerId;
import io.ggen.multiformats.Multiaddr;

import java.time.Duration;
import java.util.List;

/**
 * A peer that says it is on this network. Nothing of it is proved before a connection is: whoever
 * is on the network can say anything.
 *
 * @param addresses at least one, IP addresses without the peer's id
 * @param validity for how long this may be believed
 */
public record FoundPeer(PeerId peer, List<Multiaddr> addresses, Duration validity) {
    /** Copies the list. */
    public FoundPeer {
        addresses = List.copyOf(addresses);
    }
}

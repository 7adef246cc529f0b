package io.ggen.marketplace.p2p.catalogue;

import io.ggen.libp2p.kad.NetworkGroup;
import io.ggen.libp2p.key.PeerId;

import java.util.Optional;

/**
 * The peer that a record came from, which need not have made it.
 *
 * @param group where in the internet it is; a peer in a private network has none
 */
public record Introducer(PeerId peer, Optional<NetworkGroup> group) {
    /** Returns what two introducers must differ in to count as independent of each other. */
    Object independence() {
        return group.isPresent() ? group.get() : peer;
    }
}

package io.ggen.marketplace.p2p.node;

import io.ggen.libp2p.host.Connection;
import io.ggen.libp2p.host.Host;
import io.ggen.libp2p.kad.NetworkGroup;
import io.ggen.libp2p.key.PeerId;
import io.ggen.marketplace.p2p.catalogue.Introducer;

import java.util.Optional;

/** Says where in the internet a connected peer is that brings records. */
final class Introducers {
    private final Host host;

    Introducers(Host host) {
        this.host = host;
    }

    Introducer of(PeerId peer) {
        for (Connection connection : host.connections()) {
            if (connection.remotePeer().equals(peer)) {
                return new Introducer(peer, NetworkGroup.of(connection.facts().remoteAddress()));
            }
        }
        return new Introducer(peer, Optional.empty());
    }
}

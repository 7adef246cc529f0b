package io.ggen.libp2p.transport;

import io.ggen.libp2p.io.Duplex;
import io.ggen.multiformats.Multiaddr;

/** A connection before it is secured: nothing of it is trusted. */
public interface RawConnection extends Duplex {
    /** Returns this side's address. */
    Multiaddr localAddress();

    /** Returns the other side's address, without a peer id. */
    Multiaddr remoteAddress();
}

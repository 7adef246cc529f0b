package io.ggen.libp2p.host;

import io.ggen.libp2p.key.PeerId;
import io.ggen.multiformats.Multiaddr;

/** Says which connections are let in and out. Asked on many threads; answers at once. */
public interface ConnectionGater {
    /** Returns whether {@code peer} may be dialled at {@code address}. */
    boolean allowsDial(PeerId peer, Multiaddr address);

    /** Returns whether a connection from {@code address} may shake hands. */
    boolean allowsAccept(Multiaddr address);

    /** Returns whether a connection may stand, now that its peer is known. */
    boolean allowsPeer(PeerId peer, Multiaddr address);

    /** Returns a gater that allows everything. */
    static ConnectionGater open() {
        return Open.INSTANCE;
    }

    /** Allows everything. */
    enum Open implements ConnectionGater {
        /** The only one. */
        INSTANCE;

        @Override
        public boolean allowsDial(PeerId peer, Multiaddr address) {
            return true;
        }

        @Override
        public boolean allowsAccept(Multiaddr address) {
            return true;
        }

        @Override
        public boolean allowsPeer(PeerId peer, Multiaddr address) {
            return true;
        }
    }
}

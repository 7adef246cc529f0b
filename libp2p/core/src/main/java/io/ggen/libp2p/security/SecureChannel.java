package io.ggen.libp2p.security;

import io.ggen.libp2p.io.Duplex;
import io.ggen.libp2p.key.PublicKey;

import java.util.Optional;

/** An encrypted pipe to a peer that has proved who it is. */
public interface SecureChannel extends Duplex {
    /** Returns the key that the other side proved to have. */
    PublicKey remoteKey();

    /**
     * Returns the muxer that was agreed upon within the handshake; empty when it is still to be
     * negotiated.
     */
    Optional<String> muxer();
}

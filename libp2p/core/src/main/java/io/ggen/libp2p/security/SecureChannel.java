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

    /**
     * Blocks until something is there to read, so that a reader needs no buffer while nothing
     * comes.
     *
     * @return how much room the next read wants in order to be decrypted in place; -1 when the
     *     other side has ended its direction
     */
    int awaitRecord();

    /** Returns whether a part of what comes next is here already. Asked by the reader alone. */
    boolean hasBuffered();
}

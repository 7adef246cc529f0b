package io.ggen.libp2p.security;

import io.ggen.libp2p.io.Duplex;
import io.ggen.libp2p.key.PublicKey;

import java.nio.ByteBuffer;
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
     * Blocks until a whole record is there, so that a reader needs no buffer while nothing comes.
     *
     * @return how much room {@link #readRecord} wants in order to decrypt it in place; -1 when the
     *     other side has ended its direction
     */
    int awaitRecord();

    /**
     * Returns whether a whole record is here already, so that neither {@link #awaitRecord} nor
     * {@link #readRecord} would block. Asked by the reader alone.
     */
    boolean hasRecord();

    /**
     * Takes the record that {@link #awaitRecord} found, and never blocks. Where {@code into} has
     * less than {@code room}, which that returned, the rest waits for the next call.
     *
     * @return the number of bytes, 0 when the record has no content, -1 when the other side has
     *     ended its direction with it
     */
    int readRecord(ByteBuffer into, int room);
}

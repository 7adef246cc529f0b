package io.ggen.libp2p.muxer;

import io.ggen.libp2p.io.MemoryBudget;
import io.ggen.libp2p.security.Role;
import io.ggen.libp2p.security.SecureChannel;

/** A way to carry many streams over one secure channel. Thread-safe. */
public interface Muxer {
    /** Returns the protocol id for multistream-select, such as {@code /yamux/1.0.0}. */
    String id();

    /**
     * Begins to multiplex {@code channel}, which belongs to the result from then on. Starts its
     * reader on a virtual thread.
     *
     * @param memory what its streams may keep of what was received and not yet read
     */
    MuxedConnection mux(SecureChannel channel, Role role, MemoryBudget memory);
}

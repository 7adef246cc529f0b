package io.ggen.libp2p.security;

/** Who began a connection. */
public enum Role {
    /** The side that dialled. */
    INITIATOR,
    /** The side that listened. */
    RESPONDER
}

package io.ggen.libp2p.security;

import io.ggen.libp2p.io.Duplex;
import io.ggen.libp2p.key.PeerId;

import java.util.List;
import java.util.Optional;

/** One way to secure a raw connection. Thread-safe. */
public interface SecurityProtocol {
    /** Returns the protocol id for multistream-select, such as {@code /noise}. */
    String id();

    /**
     * Shakes hands over {@code raw}. Blocks; a deadline is kept by closing {@code raw}.
     *
     * @param expected whom the initiator dials; a responder accepts anybody
     * @param muxers the muxers that this side has, in order of preference
     * @throws io.ggen.libp2p.Libp2pException HANDSHAKE_FAILED when the other side is not {@code
     *     expected} or cannot prove who it is
     */
    SecureChannel secure(Duplex raw, Role role, Optional<PeerId> expected, List<String> muxers);
}

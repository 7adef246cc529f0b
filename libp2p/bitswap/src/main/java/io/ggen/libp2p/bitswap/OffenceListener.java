package io.ggen.libp2p.bitswap;

import io.ggen.libp2p.key.PeerId;

/** Hears of peers that break the protocol; their connection is closed already. Returns at once. */
@FunctionalInterface
public interface OffenceListener {
    /** What a peer did. */
    enum Offence {
        /** It sent a block that was never asked of it, as a wrong block is. */
        WRONG_BLOCK,
        /** It sent a message that is malformed or beyond a limit. */
        MALFORMED_MESSAGE
    }

    /** Takes note of what {@code peer} did; {@code detail} says it for people. */
    void onOffence(PeerId peer, Offence offence, String detail);
}

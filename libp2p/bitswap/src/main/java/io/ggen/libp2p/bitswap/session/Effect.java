package io.ggen.libp2p.bitswap.session;

import io.ggen.libp2p.bitswap.wire.Want;
import io.ggen.libp2p.key.PeerId;

import java.util.List;

/** What a session wants done. */
public sealed interface Effect {
    /** Send these changes of the wantlist to the provider. */
    record Ask(PeerId to, List<Want> wants) implements Effect {
        /** Copies the list. */
        public Ask {
            wants = List.copyOf(wants);
        }
    }

    /** The provider has said nothing for too long and has left the session. */
    record Stalled(PeerId peer) implements Effect {}
}

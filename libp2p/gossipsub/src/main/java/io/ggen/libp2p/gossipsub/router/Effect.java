package io.ggen.libp2p.gossipsub.router;

import io.ggen.base.Bytes;
import io.ggen.libp2p.gossipsub.rpc.Control;
import io.ggen.libp2p.gossipsub.rpc.Message;
import io.ggen.libp2p.gossipsub.rpc.Rpc;
import io.ggen.libp2p.key.PeerId;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What the router wants done, in this order. */
public sealed interface Effect {
    /** Send {@code rpc}, which is not empty and no longer than every implementation takes. */
    record Send(PeerId to, Rpc rpc) implements Effect {}

    /**
     * Check the signature and content of {@code message} and call {@link Router#validated} with the
     * result.
     */
    record Validate(Bytes id, Message message, PeerId from) implements Effect {}

    /** Call {@link Router#waited} with {@code id} after {@code pause}. */
    record Wait(Bytes id, Duration pause) implements Effect {}

    /** Hand a valid message of a subscribed topic to the application. */
    record Deliver(Bytes id, Message message, PeerId from) implements Effect {}

    /**
     * Connect to some of the peers that {@code from}, who has a good score, offers for a mesh. Ids
     * and records are unchecked.
     */
    record Exchange(PeerId from, List<Control.Candidate> candidates) implements Effect {
        /** Copies the list. */
        public Exchange {
            candidates = List.copyOf(candidates);
        }
    }

    /** Disconnect from {@code peer} and do not talk to it before {@code until}. */
    record Ban(PeerId peer, Instant until) implements Effect {}
}

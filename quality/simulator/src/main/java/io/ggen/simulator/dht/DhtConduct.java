package io.ggen.simulator.dht;

import io.ggen.libp2p.kad.KadAnswer;
import io.ggen.libp2p.kad.KadRequest;

import java.util.Optional;

/** What a node really answers. */
@FunctionalInterface
public interface DhtConduct {
    /** Returns what is answered to {@code request} instead of {@code truth}. */
    Optional<KadAnswer> answers(DhtNode asker, KadRequest request, Optional<KadAnswer> truth);

    /** Returns the conduct of a node that answers as it should. */
    static DhtConduct honest() {
        return (asker, request, truth) -> truth;
    }
}

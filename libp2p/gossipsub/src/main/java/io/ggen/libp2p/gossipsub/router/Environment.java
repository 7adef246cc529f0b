package io.ggen.libp2p.gossipsub.router;

import io.ggen.base.Bytes;
import io.ggen.libp2p.gossipsub.rpc.MessageIds;
import io.ggen.libp2p.key.PeerId;

import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * What a router is given.
 *
 * @param self the peer that it routes for
 * @param ids says when two messages are the same
 * @param records gives the signed record of a peer for peer exchange, empty bytes when there is
 *     none
 * @param random decides whom it picks; the same source and inputs give the same effects
 */
public record Environment(
        PeerId self, MessageIds ids, Function<PeerId, Bytes> records, RandomGenerator random) {
    /** Returns an environment without signed records. */
    public static Environment of(PeerId self, MessageIds ids, RandomGenerator random) {
        return new Environment(self, ids, peer -> Bytes.empty(), random);
    }
}

package io.ggen.node;

import io.ggen.marketplace.core.network.Network;
import io.ggen.marketplace.core.network.NetworkContext;
import io.ggen.marketplace.p2p.node.Standing;

/** Starts nodes in this process; the tests of the API start others than those of libp2p. */
@FunctionalInterface
interface NodeStarter {
    /** Starts a node; returns when it listens. */
    Network start(NetworkContext context, Standing standing);
}

package io.ggen.node;

import io.ggen.marketplace.core.network.Network;
import io.ggen.marketplace.core.network.NetworkContext;

/** Starts nodes in this process: the seam between this module and the composition of a node. */
@FunctionalInterface
interface NodeStarter {
    /** Whose node it is. */
    enum Standing {
        /** The node of the home, with its key and database: the caller holds {@code locks/node}. */
        RESIDENT,
        /** A client for one command, with a key of its own and nothing on disk. */
        VISITOR
    }

    /** Starts a node; returns when it listens. */
    Network start(NetworkContext context, Standing standing);
}

package io.ggen.marketplace.p2p.node;

/** Whose state a node has. */
public enum Standing {
    /** That of its home, of which it is the only writer: the caller holds the node's lock. */
    HOME,
    /** None: it has a key of its own, keeps everything in memory and serves nobody. */
    PASSING
}

package io.ggen.libp2p.bitswap.wire;

import io.ggen.multiformats.Cid;

/** Says that a block is there, or that it is not. */
public record Presence(Cid cid, boolean have) {}

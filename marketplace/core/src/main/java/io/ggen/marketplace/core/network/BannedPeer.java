package io.ggen.marketplace.core.network;

import java.time.Instant;

/** A peer that is refused. */
public record BannedPeer(String peerId, Instant until, String reason) {}

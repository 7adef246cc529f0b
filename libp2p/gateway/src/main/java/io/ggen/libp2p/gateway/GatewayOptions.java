package io.ggen.libp2p.gateway;

import io.ggen.base.TokenBucket;
import io.ggen.content.BlockSource;
import io.ggen.content.DagLimits;
import io.ggen.multiformats.Cid;

import java.time.Duration;
import java.util.function.Predicate;

/**
 * What a gateway serves, and how much.
 *
 * @param source where the blocks are; must give right ones alone and be thread-safe
 * @param allowed which of them anybody may have; every block that leaves is asked about
 * @param upload bytes per second for all peers together; unlimited
 * @param exchanges how many requests are answered at once, more are told 503; 64
 * @param exchangesOfPeer how many of them for one peer; 16
 * @param patience how long a peer may let one read or write wait; 30 s
 * @param limits what one CAR may hold
 */
public record GatewayOptions(
        BlockSource source,
        Predicate<Cid> allowed,
        TokenBucket upload,
        int exchanges,
        int exchangesOfPeer,
        Duration patience,
        DagLimits limits) {
    /** Serves those of {@code source} that are allowed, with standard bounds. */
    public static GatewayOptions of(BlockSource source, Predicate<Cid> allowed) {
        return new GatewayOptions(
                source,
                allowed,
                TokenBucket.unlimited(),
                64,
                16,
                Duration.ofSeconds(30),
                DagLimits.standard());
    }

    /** Returns these options with another bound on what is sent. */
    public GatewayOptions limited(TokenBucket other) {
        return new GatewayOptions(
                source, allowed, other, exchanges, exchangesOfPeer, patience, limits);
    }

    /** Returns these options with other bounds on what is answered at once. */
    public GatewayOptions exchanging(int all, int ofPeer) {
        return new GatewayOptions(source, allowed, upload, all, ofPeer, patience, limits);
    }
}

package io.ggen.libp2p.bitswap.serve;

import io.ggen.base.TokenBucket;
import io.ggen.content.BlockSource;
import io.ggen.multiformats.Cid;

import java.time.Duration;
import java.util.function.Predicate;

/**
 * What a node serves, and how much.
 *
 * @param source where the blocks are; must give right ones alone and be thread-safe
 * @param allowed which of them anybody may have
 * @param upload bytes per second for all peers together; unlimited
 * @param wants the most wants that are remembered of one peer; 1,024
 * @param turns how many peers' messages are put together at once, each up to 1 MiB and one block
 *     long; 8
 * @param patience how long a peer may take for one message; 30 s
 */
public record ServeOptions(
        BlockSource source,
        Predicate<Cid> allowed,
        TokenBucket upload,
        int wants,
        int turns,
        Duration patience) {
    /** Serves those of {@code source} that are allowed, with standard bounds. */
    public static ServeOptions of(BlockSource source, Predicate<Cid> allowed) {
        return new ServeOptions(
                source, allowed, TokenBucket.unlimited(), 1_024, 8, Duration.ofSeconds(30));
    }

    /** Returns these options with another bound on what is sent. */
    public ServeOptions limited(TokenBucket other) {
        return new ServeOptions(source, allowed, other, wants, turns, patience);
    }
}

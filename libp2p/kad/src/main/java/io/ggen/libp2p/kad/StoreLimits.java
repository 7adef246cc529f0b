package io.ggen.libp2p.kad;

import java.time.Duration;

/**
 * How much a node keeps for others.
 *
 * @param values records in all
 * @param valueLength of each value, in bytes
 * @param keys keys with providers, in all
 * @param providers of each key
 * @param keysPerProvider keys of each provider
 * @param lifetime of values and providers; 48 h
 * @param addresses how long a provider's addresses are good for; 24 h
 */
public record StoreLimits(
        int values,
        int valueLength,
        int keys,
        int providers,
        int keysPerProvider,
        Duration lifetime,
        Duration addresses) {
    /** Checks that there is room. */
    public StoreLimits {
        if (values < 1 || valueLength < 1 || keys < 1 || providers < 1 || keysPerProvider < 1) {
            throw new IllegalArgumentException("a store has room");
        }
    }

    /**
     * Returns 10,000 values of 12 KiB, which fit an answer, and 100,000 keys with 64 providers
     * each, 20,000 of one provider.
     */
    public static StoreLimits standard() {
        return new StoreLimits(
                10_000, 12 << 10, 100_000, 64, 20_000, Duration.ofDays(2), Duration.ofDays(1));
    }
}

package io.ggen.marketplace.core.network;

import io.ggen.base.ByteSize;

import java.util.Optional;

/**
 * The most that a node uses and keeps.
 *
 * @param store most bytes kept for others (10 GiB)
 * @param upload most bytes a second sent (unlimited)
 * @param download most bytes a second fetched (unlimited)
 * @param connections most connections (256), at least 1
 * @param catalogueRecords most records known (1,000,000)
 * @param catalogueBytes most bytes of records (2 GiB)
 */
public record NetworkLimits(
        ByteSize store,
        Optional<ByteSize> upload,
        Optional<ByteSize> download,
        int connections,
        long catalogueRecords,
        ByteSize catalogueBytes) {
    /** Refuses a node without connections. */
    public NetworkLimits {
        if (connections < 1) {
            throw new IllegalArgumentException("a node needs at least one connection");
        }
    }

    /** Returns the defaults. */
    public static NetworkLimits standard() {
        return new NetworkLimits(
                ByteSize.mib(10 * 1024),
                Optional.empty(),
                Optional.empty(),
                256,
                1_000_000,
                ByteSize.mib(2 * 1024));
    }
}

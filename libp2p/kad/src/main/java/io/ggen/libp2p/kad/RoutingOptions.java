package io.ggen.libp2p.kad;

import java.time.Duration;

/**
 * The constants of a {@link RoutingTable}.
 *
 * @param bucketSize how many peers share a bucket; 20
 * @param groupPerBucket how many of a bucket may be of one IPv4 /16 or IPv6 /32; 2
 * @param groupPerTable how many of the whole table may be; 3
 * @param silence after how long a peer that was not heard is asked for a sign of life before it
 *     keeps its place against a newcomer; 5 minutes
 * @param refresh how often each bucket is looked through; 10 minutes
 */
public record RoutingOptions(
        int bucketSize, int groupPerBucket, int groupPerTable, Duration silence, Duration refresh) {
    /** Checks that all are positive. */
    public RoutingOptions {
        if (bucketSize < 1 || groupPerBucket < 1 || groupPerTable < 1) {
            throw new IllegalArgumentException("a routing table has room for peers");
        }
    }

    /** Returns the constants of protocol and security as this project has decided them. */
    public static RoutingOptions standard() {
        return new RoutingOptions(20, 2, 3, Duration.ofMinutes(5), Duration.ofMinutes(10));
    }
}

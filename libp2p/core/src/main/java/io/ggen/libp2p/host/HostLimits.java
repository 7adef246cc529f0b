package io.ggen.libp2p.host;

import java.time.Duration;

/**
 * What a host allows.
 *
 * @param system of all peers together
 * @param handshakes of connections whose peer is not known yet
 * @param peer of each peer
 * @param dialTimeout how long connecting to one address may take
 * @param handshakeTimeout how long securing a connection may take
 * @param lowWater to how many connections the manager goes back
 * @param highWater beyond how many connections it begins to close some
 * @param grace how long a new connection is left alone
 */
public record HostLimits(
        ResourceScope.Limits system,
        ResourceScope.Limits handshakes,
        ResourceScope.Limits peer,
        Duration dialTimeout,
        Duration handshakeTimeout,
        int lowWater,
        int highWater,
        Duration grace) {
    /**
     * Returns 8 connections and 512 streams a peer, 64 handshakes at once, water marks of 96 and
     * 192 with 20 s of grace.
     */
    public static HostLimits standard() {
        return new HostLimits(
                new ResourceScope.Limits(1024, 16_384),
                new ResourceScope.Limits(64, 64),
                new ResourceScope.Limits(8, 512),
                Duration.ofSeconds(15),
                Duration.ofSeconds(15),
                96,
                192,
                Duration.ofSeconds(20));
    }
}

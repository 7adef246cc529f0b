package io.ggen.libp2p.mdns;

import java.time.Duration;

/**
 * How peers are looked for on the local network.
 *
 * @param validity for how long others may believe what this peer says of itself
 * @param longestPause between two questions when nothing changes
 * @param lookAround how often this machine's interfaces and addresses are looked at
 */
public record MdnsOptions(Duration validity, Duration longestPause, Duration lookAround) {
    /** Checks that the times are positive; throws IllegalArgumentException. */
    public MdnsOptions {
        if (!validity.isPositive() || !longestPause.isPositive() || !lookAround.isPositive()) {
            throw new IllegalArgumentException("validity, pause and interval are positive");
        }
    }

    /** Returns ten minutes, five minutes, ten seconds. */
    public static MdnsOptions standard() {
        return new MdnsOptions(
                Duration.ofMinutes(10), Duration.ofMinutes(5), Duration.ofSeconds(10));
    }
}

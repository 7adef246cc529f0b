package io.ggen.libp2p.gossipsub.score;

import java.time.Duration;

/**
 * P3 and P3b: peers of the mesh that deliver less than is expected of them. For topics with a known
 * rate of messages only; {@link #off} where messages are rare, as a quiet peer would be punished
 * for a quiet topic.
 *
 * @param delivered weight (≤ 0, of the square of what is missing), decay and cap of the count of
 *     deliveries, first ones and duplicates within the window
 * @param threshold the count below which something is missing
 * @param window how long after a message was validated a duplicate still counts
 * @param activation how long a peer is in the mesh before anything is expected
 * @param failure weight (≤ 0), decay and cap of what was missing when the peer left the mesh
 */
public record MeshDelivery(
        Counter delivered,
        double threshold,
        Duration window,
        Duration activation,
        Counter failure) {
    /** Checks that the weights punish. */
    public MeshDelivery {
        if (delivered.weight() > 0 || failure.weight() > 0) {
            throw new IllegalArgumentException("P3 and P3b are penalties: their weights are ≤ 0");
        }
    }

    /** Returns the parameters that expect nothing. */
    public static MeshDelivery off() {
        var nothing = new Counter(0, 0.5, 1);
        return new MeshDelivery(nothing, 0, Duration.ofMillis(10), Duration.ofMinutes(1), nothing);
    }

    /** Returns whether anything is expected at all. */
    boolean isOn() {
        return threshold > 0;
    }
}

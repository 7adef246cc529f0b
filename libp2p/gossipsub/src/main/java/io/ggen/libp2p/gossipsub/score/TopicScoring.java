package io.ggen.libp2p.gossipsub.score;

import java.time.Duration;

/**
 * What behaviour in one topic is worth.
 *
 * @param weight of the topic among others
 * @param timeInMesh P1: time in the mesh
 * @param firstDeliveries P2 (≥ 0): valid messages that the peer was the first to deliver
 * @param meshDelivery P3 and P3b
 * @param invalidMessages P4 (≤ 0): the square of the number of messages that were rejected
 */
public record TopicScoring(
        double weight,
        TimeInMesh timeInMesh,
        Counter firstDeliveries,
        MeshDelivery meshDelivery,
        Counter invalidMessages) {
    /** Checks the signs. */
    public TopicScoring {
        if (weight < 0 || firstDeliveries.weight() < 0 || invalidMessages.weight() > 0) {
            throw new IllegalArgumentException(
                    "a topic's weight and P2 are ≥ 0, and P4 is a penalty, ≤ 0");
        }
    }

    /**
     * P1.
     *
     * @param weight what one quantum is worth, ≥ 0
     * @param quantum the unit of time
     * @param cap the most quanta that count
     */
    public record TimeInMesh(double weight, Duration quantum, double cap) {
        /** Checks the ranges. */
        public TimeInMesh {
            if (weight < 0 || cap < 0 || quantum.isNegative() || quantum.isZero()) {
                throw new IllegalArgumentException(
                        "time in the mesh is worth something or nothing");
            }
        }
    }

    /**
     * Returns the parameters of a topic with few messages, such as announcements of packages: an
     * hour in the mesh earns 10, a first delivery 1 up to 50 and is forgotten within an hour;
     * nothing is expected of the mesh; a rejected message costs 10, two 40, three 90, forgotten
     * within an hour.
     */
    public static TopicScoring quiet() {
        double hour = Counter.decayOver(3_600);
        return new TopicScoring(
                1,
                new TimeInMesh(10.0 / 3_600, Duration.ofSeconds(1), 3_600),
                new Counter(1, hour, 50),
                MeshDelivery.off(),
                new Counter(-10, hour, 1_000));
    }
}

package io.ggen.libp2p.gossipsub.score;

import java.time.Duration;
import java.util.Map;

/**
 * The score of a peer and what it is made of.
 *
 * @param score the whole
 * @param topics P1 to P4 by topic
 * @param application P5, weighted
 * @param colocation P6, weighted
 * @param behaviour P7, weighted
 */
public record PeerReport(
        double score,
        Map<String, TopicReport> topics,
        double application,
        double colocation,
        double behaviour) {
    /** Copies the map. */
    public PeerReport {
        topics = Map.copyOf(topics);
    }

    /**
     * What a peer has done in a topic.
     *
     * @param inMesh how long it has been in the mesh; zero when it is not
     * @param firstDeliveries P2's counter
     * @param meshDeliveries P3's counter
     * @param meshFailures P3b's counter
     * @param invalidMessages P4's counter
     */
    public record TopicReport(
            Duration inMesh,
            double firstDeliveries,
            double meshDeliveries,
            double meshFailures,
            double invalidMessages) {}
}

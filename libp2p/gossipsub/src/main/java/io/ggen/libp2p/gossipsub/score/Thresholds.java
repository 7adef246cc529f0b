package io.ggen.libp2p.gossipsub.score;

/**
 * What a peer with so much of a score is still good for.
 *
 * @param gossip below it nothing is offered to it and its offers are passed over; −40
 * @param publish below it own messages are not sent to it; −80
 * @param graylist below it whatever it sends is dropped unread; −160
 * @param acceptExchange from it on the peers that it offers in a PRUNE are connected to; 10
 * @param opportunisticGraft a mesh whose median is below it takes better peers in; 1
 * @see <a
 *     href="https://github.com/libp2p/specs/blob/master/pubsub/gossipsub/gossipsub-v1.1.md#score-thresholds">
 *     score thresholds</a>
 */
public record Thresholds(
        double gossip,
        double publish,
        double graylist,
        double acceptExchange,
        double opportunisticGraft) {
    /** Checks the order that the specification demands. */
    public Thresholds {
        boolean ordered = gossip <= 0 && publish <= gossip && graylist <= publish;
        if (!ordered || acceptExchange < 0 || opportunisticGraft < 0) {
            throw new IllegalArgumentException(
                    "graylist ≤ publish ≤ gossip ≤ 0 ≤ the other thresholds");
        }
    }

    /** Returns the thresholds named above. */
    public static Thresholds standard() {
        return new Thresholds(-40, -80, -160, 10, 1);
    }
}

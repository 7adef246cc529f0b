package io.ggen.libp2p.gossipsub.router;

import io.ggen.libp2p.gossipsub.score.ScoreOptions;
import io.ggen.libp2p.gossipsub.score.Thresholds;

import java.time.Duration;

/**
 * Parameters of the router.
 *
 * @see <a
 *     href="https://github.com/libp2p/specs/blob/master/pubsub/gossipsub/gossipsub-v1.1.md#overview-of-new-parameters">
 *     parameters</a>
 */
public record RouterOptions(
        Degrees degrees,
        Times times,
        Gossip gossip,
        Bounds bounds,
        ScoreOptions scores,
        Thresholds thresholds,
        Stagger stagger,
        boolean floodPublish) {
    /**
     * How many peers a mesh has.
     *
     * @param target D, the number aimed at; 6
     * @param low Dlo, below it peers are taken in; 5
     * @param high Dhi, above it peers are put out; 12
     * @param byScore Dscore, how many of the best stay when peers are put out; 4
     * @param outbound Dout, how many peers that this side dialled are kept; 2
     */
    public record Degrees(int target, int low, int high, int byScore, int outbound) {
        /** Checks the order that the specification demands. */
        public Degrees {
            boolean ordered = 0 < low && low <= target && target <= high;
            if (!ordered || byScore > target || outbound >= low || outbound > target / 2) {
                throw new IllegalArgumentException(
                        "Dlo ≤ D ≤ Dhi, Dscore ≤ D, Dout < Dlo and Dout ≤ D/2");
            }
        }
    }

    /**
     * Times.
     *
     * @param heartbeat between two heartbeats; 1 s
     * @param fanout how long peers of a topic that is published to, but not subscribed, are kept;
     *     60 s
     * @param pruneBackoff how long a pruned peer is not grafted; 60 s
     * @param unsubscribeBackoff the same after leaving a topic; 10 s
     * @param maxBackoff the longest that another peer can ask for; 1 h
     * @param seen how long message ids are remembered; 120 s
     * @param promise within what time a message that was offered must come when asked for; 3 s
     * @param ban how long a peer is kept away after too many violations; 1 h
     */
    public record Times(
            Duration heartbeat,
            Duration fanout,
            Duration pruneBackoff,
            Duration unsubscribeBackoff,
            Duration maxBackoff,
            Duration seen,
            Duration promise,
            Duration ban) {}

    /**
     * Gossip about messages.
     *
     * @param peers Dlazy, to how many peers outside of the mesh at least; 6
     * @param factor to what part of them at least; 0.25
     * @param history heartbeats that messages can be asked for; 5
     * @param offered heartbeats that messages are offered for; 3
     * @param ids the most ids taken from a peer's offers in a heartbeat, and offered to it; 5,000
     * @param offers the most RPCs with offers read from a peer in a heartbeat; 10
     * @param retransmissions how often one peer can ask for one message; 3
     * @param dontWantBytes from what size on IDONTWANT is sent; 1,000
     * @param opportunistic heartbeats between two looks for better peers; 60
     */
    public record Gossip(
            int peers,
            double factor,
            int history,
            int offered,
            int ids,
            int offers,
            int retransmissions,
            int dontWantBytes,
            int opportunistic) {}

    /**
     * What is held and done for others at most.
     *
     * @param topicsPerPeer subscriptions of one peer; 100
     * @param messagesPerSecond messages taken from one peer; 1,000
     * @param violations broken limits after which a peer is banned; 10
     * @param pending messages under validation; 1,024
     * @param pendingPerPeer the same for one peer; 256
     * @param seenIds message ids remembered; 200,000
     * @param cacheBytes bytes of messages that can be asked for; 16 MiB
     * @param exchange peers offered in a PRUNE; 16
     */
    public record Bounds(
            int topicsPerPeer,
            int messagesPerSecond,
            int violations,
            int pending,
            int pendingPerPeer,
            int seenIds,
            int cacheBytes,
            int exchange) {}

    /**
     * How messages large enough for IDONTWANT are sent on.
     *
     * @param first how many peers of the mesh get them at once; 2
     * @param pause after how long the others do, unless they say before that they have them; 200
     *     ms. Zero sends to all at once
     */
    public record Stagger(int first, Duration pause) {}

    /** Returns the parameters named above, with flood publishing of own messages. */
    public static RouterOptions standard() {
        return new RouterOptions(
                new Degrees(6, 5, 12, 4, 2),
                new Times(
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(10),
                        Duration.ofHours(1),
                        Duration.ofSeconds(120),
                        Duration.ofSeconds(3),
                        Duration.ofHours(1)),
                new Gossip(6, 0.25, 5, 3, 5_000, 10, 3, 1_000, 60),
                new Bounds(100, 1_000, 10, 1_024, 256, 200_000, 16 << 20, 16),
                ScoreOptions.standard(),
                Thresholds.standard(),
                new Stagger(2, Duration.ofMillis(200)),
                true);
    }

    /** Returns these options with own messages sent to the mesh alone. */
    public RouterOptions withoutFloodPublish() {
        return new RouterOptions(
                degrees, times, gossip, bounds, scores, thresholds, stagger, false);
    }

    /** Returns these options with large messages sent on in another way. */
    public RouterOptions staggering(Stagger other) {
        return new RouterOptions(
                degrees, times, gossip, bounds, scores, thresholds, other, floodPublish);
    }

    /** Returns these options with other parameters of the score. */
    public RouterOptions scoring(ScoreOptions other) {
        return new RouterOptions(
                degrees, times, gossip, bounds, other, thresholds, stagger, floodPublish);
    }
}

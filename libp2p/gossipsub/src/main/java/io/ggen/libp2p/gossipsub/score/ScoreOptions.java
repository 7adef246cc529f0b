package io.ggen.libp2p.gossipsub.score;

import java.time.Duration;
import java.util.Map;

/**
 * Parameters of the score of a peer.
 *
 * @param topics by name; a topic that is not named here has {@code otherTopics}
 * @param otherTopics parameters of every other topic
 * @param topicCap the most that all topics together can earn; 100
 * @param applicationWeight P5: what one point given by the application is worth; 1
 * @param colocation P6
 * @param behaviour P7
 * @param decay when counters decay
 */
public record ScoreOptions(
        Map<String, TopicScoring> topics,
        TopicScoring otherTopics,
        double topicCap,
        double applicationWeight,
        Colocation colocation,
        Behaviour behaviour,
        Decay decay) {
    /** Copies the map. */
    public ScoreOptions {
        topics = Map.copyOf(topics);
    }

    /**
     * P6: many peers at one IP address.
     *
     * @param weight of the square of those beyond the threshold, ≤ 0; −5
     * @param threshold peers of one address that cost nothing; 10. Loopback and private addresses
     *     are named to the score as no address, so they never count
     */
    public record Colocation(double weight, int threshold) {}

    /**
     * P7: broken promises, grafts within a back-off and other misbehaviour.
     *
     * @param counter weight (≤ 0) of the square of those beyond the threshold, decay and cap; −10,
     *     forgotten within 10 minutes, at most 1,000
     * @param threshold misbehaviour that costs nothing; 2
     */
    public record Behaviour(Counter counter, double threshold) {}

    /**
     * When counters decay.
     *
     * @param interval time between two decays; 1 s
     * @param toZero counters below this become 0; 0.01
     * @param retention how long the score of a peer that went away is kept unless it is positive; 1
     *     h
     */
    public record Decay(Duration interval, double toZero, Duration retention) {}

    /** Returns the parameters named above, with {@link TopicScoring#quiet} for every topic. */
    public static ScoreOptions standard() {
        return new ScoreOptions(
                Map.of(),
                TopicScoring.quiet(),
                100,
                1,
                new Colocation(-5, 10),
                new Behaviour(new Counter(-10, Counter.decayOver(600), 1_000), 2),
                new Decay(Duration.ofSeconds(1), 0.01, Duration.ofHours(1)));
    }

    /** Returns these options with other parameters for every topic that is not named. */
    public ScoreOptions elsewhere(TopicScoring other) {
        return new ScoreOptions(
                topics, other, topicCap, applicationWeight, colocation, behaviour, decay);
    }

    /** Returns the time between two decays. */
    public Duration decayInterval() {
        return decay.interval();
    }

    /** Returns the parameters of {@code topic}. */
    TopicScoring topic(String topic) {
        return topics.getOrDefault(topic, otherTopics);
    }
}

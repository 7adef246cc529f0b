package io.ggen.libp2p.gossipsub.score;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** All that is remembered of one peer. Not thread-safe. */
final class PeerConduct {
    final Map<String, TopicConduct> topics = new HashMap<>();
    String address = "";
    double application;
    private double misbehaviour;
    private @Nullable Instant goneAt;

    void connected(String from) {
        address = from;
        goneAt = null;
    }

    void gone(Instant now) {
        goneAt = now;
        topics.values().forEach(TopicConduct::leave);
    }

    boolean isGone() {
        return goneAt != null;
    }

    boolean isOver(Instant now, ScoreOptions.Decay decay) {
        return goneAt != null && !now.isBefore(goneAt.plus(decay.retention()));
    }

    void misbehave(double count, Counter counter) {
        misbehaviour = Math.min(misbehaviour + count, counter.cap());
    }

    void decay(Instant now, ScoreOptions options) {
        double toZero = options.decay().toZero();
        topics.values().forEach(topic -> topic.decay(now, toZero));
        misbehaviour = TopicConduct.decayed(misbehaviour, options.behaviour().counter(), toZero);
    }

    double behaviour(ScoreOptions.Behaviour options) {
        double excess = Math.max(0, misbehaviour - options.threshold());
        return excess == 0 ? 0 : excess * excess * options.counter().weight();
    }

    double topicSum(double cap) {
        double sum = 0;
        for (TopicConduct topic : topics.values()) {
            sum += topic.score();
        }
        return Math.min(sum, cap);
    }
}

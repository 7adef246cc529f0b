package io.ggen.libp2p.gossipsub.score;

import io.ggen.libp2p.key.PeerId;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The scores of all peers. Pure: time is passed in, nothing is sent. Not thread-safe.
 *
 * <p>A peer that was never seen has the score 0. A peer that goes away with a positive score is
 * forgotten; with any other it is remembered for {@link ScoreOptions.Decay#retention}, so that
 * coming back does not wash it clean; while it is away nothing decays.
 *
 * @see <a
 *     href="https://github.com/libp2p/specs/blob/master/pubsub/gossipsub/gossipsub-v1.1.md#the-score-function">
 *     the score function</a>
 */
public final class PeerScores {
    /** After so many decays nothing is left of any counter, however long the machine slept. */
    private static final int MAX_DECAYS = 10_000;

    /** So many peers that are gone are remembered; the longest gone give way. */
    private static final int MAX_GONE = 10_000;

    private final ScoreOptions options;
    private final Map<PeerId, PeerConduct> peers = new HashMap<>();
    private final Set<PeerId> gone = new LinkedHashSet<>();
    private final Map<String, Set<PeerId>> addresses = new HashMap<>();
    private @Nullable Instant nextDecay;

    /** Makes the scores of nobody yet. */
    public PeerScores(ScoreOptions options) {
        this.options = options;
    }

    /**
     * Notes that {@code peer} is connected.
     *
     * @param address the IP address that it counts with under P6; empty where it shall not count,
     *     as for loopback and private addresses
     */
    public void connected(PeerId peer, String address) {
        PeerConduct conduct = peers.computeIfAbsent(peer, p -> new PeerConduct());
        leaveAddress(peer, conduct);
        gone.remove(peer);
        conduct.connected(address);
        if (!address.isEmpty()) {
            addresses.computeIfAbsent(address, a -> new HashSet<>()).add(peer);
        }
    }

    private void leaveAddress(PeerId peer, PeerConduct conduct) {
        addresses.computeIfPresent(
                conduct.address,
                (address, there) -> {
                    there.remove(peer);
                    return there.isEmpty() ? null : there;
                });
    }

    /** Notes that {@code peer} is not connected any more. */
    public void disconnected(PeerId peer, Instant now) {
        PeerConduct conduct = peers.get(peer);
        if (conduct == null || conduct.isGone()) {
            return;
        }
        if (score(peer) > 0) {
            forget(peer);
        } else {
            conduct.gone(now);
            gone.add(peer);
            if (gone.size() > MAX_GONE) {
                forget(gone.iterator().next());
            }
        }
    }

    private void forget(PeerId peer) {
        gone.remove(peer);
        PeerConduct conduct = peers.remove(peer);
        if (conduct != null) {
            leaveAddress(peer, conduct);
        }
    }

    /** Notes that {@code peer} has come into the mesh of {@code topic}. */
    public void grafted(PeerId peer, String topic, Instant now) {
        topic(peer, topic).ifPresent(conduct -> conduct.graft(now));
    }

    /** Notes that {@code peer} has left the mesh of {@code topic}. */
    public void pruned(PeerId peer, String topic) {
        topic(peer, topic).ifPresent(TopicConduct::prune);
    }

    /** Notes that {@code peer} was the first to deliver a message that proved valid. */
    public void deliveredFirst(PeerId peer, String topic) {
        topic(peer, topic).ifPresent(TopicConduct::firstDelivery);
    }

    /**
     * Notes that {@code peer} delivered a valid message after another one had.
     *
     * @param sinceValidated time since the message was found valid; zero when that came later
     */
    public void deliveredAgain(PeerId peer, String topic, Duration sinceValidated) {
        topic(peer, topic)
                .filter(conduct -> conduct.countsWithin(sinceValidated))
                .ifPresent(TopicConduct::meshDelivery);
    }

    /** Notes that {@code peer} delivered a message that was rejected. */
    public void deliveredInvalid(PeerId peer, String topic) {
        topic(peer, topic).ifPresent(TopicConduct::invalidMessage);
    }

    /** Adds {@code count} to the misbehaviour of {@code peer} (P7). */
    public void misbehaved(PeerId peer, double count) {
        PeerConduct conduct = peers.get(peer);
        if (conduct != null) {
            conduct.misbehave(count, options.behaviour().counter());
        }
    }

    /** Sets what the application thinks of {@code peer} (P5). */
    public void rate(PeerId peer, double points) {
        PeerConduct conduct = peers.get(peer);
        if (conduct != null) {
            conduct.application = points;
        }
    }

    private Optional<TopicConduct> topic(PeerId peer, String topic) {
        return Optional.ofNullable(peers.get(peer))
                .map(conduct ->
                        conduct.topics.computeIfAbsent(
                                topic, name -> new TopicConduct(options.topic(name))));
    }

    /** Lets counters decay for each interval that has passed, and forgets peers long gone. */
    public void refresh(Instant now) {
        if (nextDecay == null) {
            nextDecay = now.plus(options.decayInterval());
        }
        Instant enough = now.minus(options.decayInterval().multipliedBy(MAX_DECAYS));
        Instant due = nextDecay.isBefore(enough) ? enough : nextDecay;
        for (; !now.isBefore(due); due = due.plus(options.decayInterval())) {
            decay(due);
        }
        nextDecay = due;
        while (!gone.isEmpty() && isOver(gone.iterator().next(), now)) {
            forget(gone.iterator().next());
        }
    }

    private boolean isOver(PeerId peer, Instant now) {
        PeerConduct conduct = peers.get(peer);
        return conduct == null || conduct.isOver(now, options.decay());
    }

    private void decay(Instant now) {
        for (PeerConduct conduct : peers.values()) {
            if (!conduct.isGone()) {
                conduct.decay(now, options);
            }
        }
    }

    /** Returns the score of {@code peer}. */
    public double score(PeerId peer) {
        PeerConduct conduct = peers.get(peer);
        if (conduct == null) {
            return 0;
        }
        return conduct.topicSum(options.topicCap())
                + conduct.application * options.applicationWeight()
                + colocation(conduct)
                + conduct.behaviour(options.behaviour());
    }

    private double colocation(PeerConduct conduct) {
        int together = addresses.getOrDefault(conduct.address, Set.of()).size();
        double surplus = Math.max(0, together - options.colocation().threshold());
        return surplus == 0 ? 0 : surplus * surplus * options.colocation().weight();
    }

    /** Returns what the score of {@code peer} is made of; empty when nothing is known of it. */
    public Optional<PeerReport> inspect(PeerId peer) {
        return Optional.ofNullable(peers.get(peer))
                .map(conduct -> {
                    Map<String, PeerReport.TopicReport> topics = new HashMap<>();
                    conduct.topics.forEach((name, topic) -> topics.put(name, topic.report()));
                    return new PeerReport(
                            score(peer),
                            topics,
                            conduct.application * options.applicationWeight(),
                            colocation(conduct),
                            conduct.behaviour(options.behaviour()));
                });
    }
}

package io.ggen.libp2p.gossipsub.score;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;

/** The counters of one peer in one topic. Not thread-safe. */
final class TopicConduct {
    private final TopicScoring scoring;
    private @Nullable Instant graftedAt;
    private Instant judgedAt = Instant.EPOCH;
    private boolean active;
    private double firstDeliveries;
    private double meshDeliveries;
    private double meshFailures;
    private double invalidMessages;

    TopicConduct(TopicScoring scoring) {
        this.scoring = scoring;
    }

    void graft(Instant now) {
        graftedAt = now;
        judgedAt = now;
        active = false;
        meshDeliveries = 0;
    }

    void prune() {
        double missing = missing();
        meshFailures = Math.min(meshFailures + missing * missing, failure().cap());
        graftedAt = null;
        active = false;
    }

    void firstDelivery() {
        firstDeliveries = Math.min(firstDeliveries + 1, scoring.firstDeliveries().cap());
        meshDelivery();
    }

    void meshDelivery() {
        if (graftedAt != null) {
            meshDeliveries = Math.min(meshDeliveries + 1, delivered().cap());
        }
    }

    boolean countsWithin(Duration sinceValidated) {
        return sinceValidated.compareTo(scoring.meshDelivery().window()) <= 0;
    }

    void invalidMessage() {
        invalidMessages = Math.min(invalidMessages + 1, scoring.invalidMessages().cap());
    }

    /** Forgets what was earned, keeps what was broken. */
    void leave() {
        if (graftedAt != null) {
            prune();
        }
        firstDeliveries = 0;
    }

    void decay(Instant now, double toZero) {
        firstDeliveries = decayed(firstDeliveries, scoring.firstDeliveries(), toZero);
        meshDeliveries = decayed(meshDeliveries, delivered(), toZero);
        meshFailures = decayed(meshFailures, failure(), toZero);
        invalidMessages = decayed(invalidMessages, scoring.invalidMessages(), toZero);
        judge(now);
    }

    private void judge(Instant now) {
        judgedAt = now;
        if (graftedAt != null && scoring.meshDelivery().isOn()) {
            active = inMesh().compareTo(scoring.meshDelivery().activation()) > 0;
        }
    }

    static double decayed(double value, Counter counter, double toZero) {
        double left = value * counter.decay();
        return left < toZero ? 0 : left;
    }

    private Counter delivered() {
        return scoring.meshDelivery().delivered();
    }

    private Counter failure() {
        return scoring.meshDelivery().failure();
    }

    private double missing() {
        return active ? Math.max(0, scoring.meshDelivery().threshold() - meshDeliveries) : 0;
    }

    private Duration inMesh() {
        return graftedAt == null ? Duration.ZERO : Duration.between(graftedAt, judgedAt);
    }

    double score() {
        TopicScoring.TimeInMesh time = scoring.timeInMesh();
        double quanta = Math.max(0, inMesh().toMillis() / Math.max(1, time.quantum().toMillis()));
        double missing = missing();
        double sum =
                Math.min(quanta, time.cap()) * time.weight()
                        + firstDeliveries * scoring.firstDeliveries().weight()
                        + missing * missing * delivered().weight()
                        + meshFailures * failure().weight()
                        + invalidMessages * invalidMessages * scoring.invalidMessages().weight();
        return sum * scoring.weight();
    }

    PeerReport.TopicReport report() {
        return new PeerReport.TopicReport(
                inMesh(), firstDeliveries, meshDeliveries, meshFailures, invalidMessages);
    }
}

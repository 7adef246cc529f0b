package io.ggen.libp2p.kad;

import java.time.Duration;

/**
 * How long peers take to give a sign of life and to answer, as a node has seen it so far, and how
 * many do neither: smoothed means and deviations, as TCP keeps them for its retransmission timer. A
 * sign of life is that a connection is taken, which costs one round trip, or an answer where there
 * is a connection already; so who is dead is known long before an answer of a new peer, which costs
 * four. Pure; not thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6298">RFC 6298</a>
 */
final class Timing {
    private static final double MEAN_GAIN = 1.0 / 8;
    private static final double DEVIATION_GAIN = 1.0 / 4;
    private static final double LOSS_GAIN = 1.0 / 32;

    /** How many round trips an answer takes after the one of the sign. */
    private static final int TRIPS = 5;

    /** How many deviations above the mean a sign may come. */
    private static final double PATIENT = 2.5;

    private static final int LONGEST = 3;
    private static final double SHORTEST = 250;

    private final double patience;
    private double mean;
    private double deviation;
    private double loss;

    /** Makes one that knows nothing yet and so waits for {@code patience}. */
    Timing(Duration patience) {
        this.patience = (double) patience.toMillis();
        this.mean = this.patience / 6;
        this.deviation = this.patience / 12;
    }

    /** Hears that a peer has given its first sign of life after {@code took}. */
    void sign(Duration took) {
        double millis = Math.min(LONGEST * patience, (double) took.toMillis());
        deviation += DEVIATION_GAIN * (Math.abs(millis - mean) - deviation);
        mean += MEAN_GAIN * (millis - mean);
        loss -= LOSS_GAIN * loss;
    }

    /** Hears that a peer gives none. */
    void missed() {
        loss += LOSS_GAIN * (1 - loss);
    }

    /** Returns after how long without a sign a peer is unlikely to be there. */
    Duration signOfLife() {
        double millis = Math.max(SHORTEST, mean + PATIENT * deviation);
        return Duration.ofMillis((long) Math.min(LONGEST * patience, millis));
    }

    /**
     * Returns after how long a peer that gave its sign after {@code sign} is late with its answer.
     */
    Duration answer(Duration sign) {
        double millis = Math.max(patience, TRIPS * (double) sign.toMillis() + SHORTEST);
        return Duration.ofMillis((long) Math.min(LONGEST * patience, millis));
    }

    /** Returns after how long without a sign a peer is slower than most others. */
    Duration usual() {
        return Duration.ofMillis((long) Math.max(patience / 20, mean));
    }

    /**
     * Returns how many more are asked so that {@code wanted} answer: two of five, as one that is
     * replaced only once it is known to be dead is replaced too late; more where more are missing.
     */
    int spare(int wanted) {
        double share = Math.min(loss, 0.5);
        int likely = (int) Math.ceil(wanted * share / (1 - share));
        return Math.max(wanted * 2 / 5, likely);
    }
}

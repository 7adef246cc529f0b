package io.ggen.libp2p.kad;

import java.time.Duration;

/**
 * How long peers take to answer, as a node has seen it so far, and how many do not: a smoothed mean
 * and deviation, as TCP keeps them for its retransmission timer. Pure; not thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6298">RFC 6298</a>
 */
final class Timing {
    private static final double MEAN_GAIN = 1.0 / 8;
    private static final double DEVIATION_GAIN = 1.0 / 4;
    private static final double LOSS_GAIN = 1.0 / 32;

    private static final int LONGEST = 3;

    private final double patience;
    private double mean;
    private double deviation;
    private double loss;

    /** Makes one that knows nothing yet and so waits for {@code patience}. */
    Timing(Duration patience) {
        this.patience = (double) patience.toMillis();
        this.mean = this.patience / 2;
        this.deviation = this.patience / 8;
    }

    /** Hears that a peer has answered after {@code took}. */
    void answered(Duration took) {
        double millis = Math.min(LONGEST * patience, (double) took.toMillis());
        deviation += DEVIATION_GAIN * (Math.abs(millis - mean) - deviation);
        mean += MEAN_GAIN * (millis - mean);
        loss -= LOSS_GAIN * loss;
    }

    /** Hears that a peer does not answer. */
    void missed() {
        loss += LOSS_GAIN * (1 - loss);
    }

    /**
     * Returns after how long a peer is unlikely to answer: never less than what one is given of
     * which nothing is known, for that one may have to be dialled first.
     */
    Duration patience() {
        double millis = Math.max(patience, mean + 3 * deviation);
        return Duration.ofMillis((long) Math.min(LONGEST * patience, millis));
    }

    /** Returns after how long a peer is slower than most. */
    Duration usual() {
        return Duration.ofMillis((long) Math.max(patience / 8, mean + deviation));
    }

    /** Returns how many more have to be asked so that {@code wanted} answer. */
    int spare(int wanted) {
        double share = Math.min(loss, 0.5);
        return (int) Math.ceil(wanted * share / (1 - share));
    }
}

package io.ggen.libp2p.gossipsub.score;

/**
 * How a counter counts towards the score and is forgotten.
 *
 * @param weight what one of it is worth; negative for penalties
 * @param decay what is left of it after each {@link ScoreOptions#decayInterval}, 0 to 1
 * @param cap its largest value
 */
public record Counter(double weight, double decay, double cap) {
    /** Checks the ranges. */
    public Counter {
        if (!Double.isFinite(weight) || !(decay > 0 && decay < 1) || !(cap > 0)) {
            throw new IllegalArgumentException(
                    "a counter has a finite weight, a decay between 0 and 1 and a positive cap, not "
                            + weight
                            + ", "
                            + decay
                            + ", "
                            + cap);
        }
    }

    /** Returns the factor that leaves a hundredth of a counter after {@code intervals}. */
    public static double decayOver(double intervals) {
        return Math.pow(0.01, 1 / intervals);
    }
}

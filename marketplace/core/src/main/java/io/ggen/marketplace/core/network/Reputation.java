package io.ggen.marketplace.core.network;

import java.time.Duration;
import java.util.OptionalDouble;

/**
 * What a peer's past transfers say of it, as a sum whose terms can be shown. It orders and filters
 * sources; it never replaces verification.
 *
 * @param transfers measured so far; below {@link #LEAST_TRANSFERS} the score is unknown
 * @param success 0.50 x the share of transfers that were sound
 * @param responseTime 0.25 x min(1, 1000 / (ms + 1))
 * @param packages 0.15 x min(1, packages / 10)
 * @param lastSeen 0.10 / (hours since seen + 1)
 * @param distance 0.1 x (1 - km / 100) below 100 km between places that the user configured
 */
public record Reputation(
        long transfers,
        double success,
        double responseTime,
        double packages,
        double lastSeen,
        double distance) {
    /** How many transfers make a peer known. */
    public static final int LEAST_TRANSFERS = 5;

    /** Returns that of a peer of which nothing was measured. */
    public static Reputation unknown() {
        return new Reputation(0, 0, 0, 0, 0, 0);
    }

    /**
     * Weighs what was measured.
     *
     * @param transfers how many there were, and how many of them were sound
     * @param response the moving average of response times
     * @param packages how many packages it serves
     * @param unseen since it was last seen
     * @param kilometres between the places that the user configured; none where unknown
     */
    public static Reputation of(
            Transfers transfers,
            Duration response,
            long packages,
            Duration unseen,
            OptionalDouble kilometres) {
        double near = Math.clamp(1 - kilometres.orElse(Double.MAX_VALUE) / 100, 0, 1);
        return new Reputation(
                transfers.all(),
                transfers.all() == 0 ? 0 : 0.50 * transfers.sound() / transfers.all(),
                transfers.all() == 0 ? 0 : 0.25 * Math.min(1, 1000.0 / (millis(response) + 1)),
                0.15 * Math.min(1, Math.max(0, packages) / 10.0),
                0.10 / (millis(unseen) / 3_600_000.0 + 1),
                0.1 * near);
    }

    /** How many transfers there were, and how many of them were sound. */
    public record Transfers(long all, long sound) {
        /** Refuses numbers that contradict each other. */
        public Transfers {
            if (sound < 0 || all < sound) {
                throw new IllegalArgumentException(sound + " sound transfers of " + all);
            }
        }
    }

    private static double millis(Duration duration) {
        return Math.max(0, duration.toMillis());
    }

    /** Returns the sum, at most 1; unknown before {@link #LEAST_TRANSFERS} transfers. */
    public OptionalDouble score() {
        return transfers < LEAST_TRANSFERS
                ? OptionalDouble.empty()
                : OptionalDouble.of(
                        Math.min(1, success + responseTime + packages + lastSeen + distance));
    }
}

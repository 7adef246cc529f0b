package io.ggen.marketplace.core.config;

import java.time.Duration;

/** Reads and writes durations such as {@code 3d}, {@code 15s} or {@code 500ms}. */
public final class Durations {
    private Durations() {}

    /**
     * Reads a whole number and a unit: ms, s, m, h, d or w.
     *
     * @throws IllegalArgumentException for other text
     */
    public static Duration parse(String text) {
        int digits = 0;
        while (digits < text.length() && Character.digit(text.charAt(digits), 10) >= 0) {
            digits++;
        }
        if (digits == 0 || digits > 12) {
            throw notOne(text);
        }
        long count = Long.parseLong(text.substring(0, digits));
        try {
            return switch (text.substring(digits)) {
                case "ms" -> Duration.ofMillis(count);
                case "s" -> Duration.ofSeconds(count);
                case "m" -> Duration.ofMinutes(count);
                case "h" -> Duration.ofHours(count);
                case "d" -> Duration.ofDays(count);
                case "w" -> Duration.ofDays(Math.multiplyExact(count, 7L));
                default -> throw notOne(text);
            };
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("too long a duration: " + text, e);
        }
    }

    private static IllegalArgumentException notOne(String text) {
        return new IllegalArgumentException("not a duration like 3d, 15s or 500ms: " + text);
    }
}

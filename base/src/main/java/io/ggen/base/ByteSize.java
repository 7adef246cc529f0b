package io.ggen.base;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A number of bytes, zero or more, written like {@code 10GiB}, {@code 5MB} or {@code 512}. */
public record ByteSize(long bytes) implements Comparable<ByteSize> {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,18})\\s*(B|[KMGT]i?B)?");
    private static final String UNITS = "KMGT";

    /** Refuses a negative size. */
    public ByteSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("a size is not negative: " + bytes);
        }
    }

    /** Returns {@code count} x 1024 bytes. */
    public static ByteSize kib(long count) {
        return new ByteSize(Math.multiplyExact(count, 1L << 10));
    }

    /** Returns {@code count} x 1024 x 1024 bytes. */
    public static ByteSize mib(long count) {
        return new ByteSize(Math.multiplyExact(count, 1L << 20));
    }

    /**
     * Reads a whole number and a unit: B, KB, MB, GB, TB (powers of 1000) or KiB, MiB, GiB, TiB
     * (powers of 1024).
     *
     * @throws IllegalArgumentException for other text and for sizes beyond a long
     */
    public static ByteSize parse(String text) {
        Matcher matcher = TEXT.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a size like 10GiB: " + text);
        }
        try {
            return new ByteSize(
                    Math.multiplyExact(Long.parseLong(matcher.group(1)), factor(matcher.group(2))));
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("too large a size: " + text, e);
        }
    }

    private static long factor(@org.jspecify.annotations.Nullable String unit) {
        if (unit == null || unit.equals("B")) {
            return 1;
        }
        long base = unit.length() == 3 ? 1024 : 1000;
        long factor = base;
        for (int i = UNITS.indexOf(unit.charAt(0)); i > 0; i--) {
            factor *= base;
        }
        return factor;
    }

    @Override
    public int compareTo(ByteSize other) {
        return Long.compare(bytes, other.bytes);
    }

    /** Returns a short text for people, such as {@code 1.5 MiB}. */
    @Override
    public String toString() {
        if (bytes < 1024) {
            return bytes + " B";
        }
        double value = bytes;
        int unit = -1;
        while (value >= 1024 && unit < UNITS.length() - 1) {
            value /= 1024;
            unit++;
        }
        long tenths = Math.round(value * 10);
        return tenths / 10 + "." + tenths % 10 + " " + UNITS.charAt(unit) + "iB";
    }
}

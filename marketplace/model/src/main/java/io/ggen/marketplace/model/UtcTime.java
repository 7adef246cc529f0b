package io.ggen.marketplace.model;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Times in their one written form, {@code 2026-01-02T03:04:05Z}: UTC, whole seconds. */
public final class UtcTime {
    private static final String FORM = "0000-00-00T00:00:00Z";

    private UtcTime() {}

    /** Writes {@code time}, from 1970 to 9999; a fraction of a second is dropped. */
    public static String format(Instant time) {
        LocalDateTime at = LocalDateTime.ofEpochSecond(time.getEpochSecond(), 0, ZoneOffset.UTC);
        if (time.getEpochSecond() < 0 || at.getYear() > 9999) {
            throw new IllegalArgumentException("a time from 1970 to 9999 is needed: " + time);
        }
        var text = new StringBuilder(FORM.length());
        append(text, at.getYear(), 4).append('-');
        append(text, at.getMonthValue(), 2).append('-');
        append(text, at.getDayOfMonth(), 2).append('T');
        append(text, at.getHour(), 2).append(':');
        append(text, at.getMinute(), 2).append(':');
        return append(text, at.getSecond(), 2).append('Z').toString();
    }

    /** Reads what {@link #format} writes; throws IllegalArgumentException on anything else. */
    public static Instant parse(String text) {
        if (!hasForm(text)) {
            throw new IllegalArgumentException("not a time like 2026-01-02T03:04:05Z");
        }
        try {
            LocalDateTime at =
                    LocalDateTime.of(
                            number(text, 0, 4),
                            number(text, 5, 7),
                            number(text, 8, 10),
                            number(text, 11, 13),
                            number(text, 14, 16),
                            number(text, 17, 19));
            Instant time = at.toInstant(ZoneOffset.UTC);
            if (time.getEpochSecond() < 0) {
                throw new IllegalArgumentException("a time before 1970: " + text);
            }
            return time;
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("no such time: " + text, e);
        }
    }

    private static boolean hasForm(String text) {
        if (text.length() != FORM.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char wanted = FORM.charAt(i);
            char c = text.charAt(i);
            if (wanted == '0' ? c < '0' || c > '9' : c != wanted) {
                return false;
            }
        }
        return true;
    }

    private static int number(String text, int from, int to) {
        return Integer.parseInt(text, from, to, 10);
    }

    private static StringBuilder append(StringBuilder text, int value, int digits) {
        String number = Integer.toString(value);
        return text.append("0".repeat(digits - number.length())).append(number);
    }
}

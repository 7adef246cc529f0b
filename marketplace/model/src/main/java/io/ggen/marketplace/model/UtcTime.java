package io.ggen.marketplace.model;

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
        int year = number(text, 0, 4);
        int month = number(text, 5, 7);
        int day = number(text, 8, 10);
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = number(text, 17, 19);
        boolean exists =
                month >= 1
                        && month <= 12
                        && day >= 1
                        && day <= daysOf(year, month)
                        && hour < 24
                        && minute < 60
                        && second < 60;
        if (!exists) {
            throw new IllegalArgumentException("no such time: " + text);
        }
        if (year < 1970) {
            throw new IllegalArgumentException("a time before 1970: " + text);
        }
        return Instant.ofEpochSecond(
                ((daysBefore(year, month) + day - 1) * 24L + hour) * 3600 + minute * 60L + second);
    }

    private static int daysOf(int year, int month) {
        return switch (month) {
            case 2 -> isLeap(year) ? 29 : 28;
            case 4, 6, 9, 11 -> 30;
            default -> 31;
        };
    }

    private static boolean isLeap(int year) {
        return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    }

    /**
     * Returns the days from 1970 to a month's first. (LocalDate asks Year whether it is a leap
     * year, whose formatter costs each process some 5 ms.)
     */
    private static long daysBefore(int year, int month) {
        int past = year - 1;
        long days = past * 365L + past / 4 - past / 100 + past / 400 - 719_162;
        for (int earlier = 1; earlier < month; earlier++) {
            days += daysOf(year, earlier);
        }
        return days;
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

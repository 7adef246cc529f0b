package io.ggen.marketplace.model;

import java.util.Locale;

/** The grammar of categories and tags: {@code [a-z0-9][a-z0-9-]{0,39}}. */
public final class Label {
    /** The most characters. */
    public static final int MAX_LENGTH = 40;

    private Label() {}

    /** Returns whether {@code text} is a category or tag. */
    public static boolean isValid(String text) {
        if (text.isEmpty() || text.length() > MAX_LENGTH || text.charAt(0) == '-') {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isPlain(c) && c != '-') {
                return false;
            }
        }
        return true;
    }

    /**
     * Returns the label nearest to {@code text}: lower case, each run of anything else one hyphen,
     * at most 40 characters; empty when nothing is left.
     */
    public static String nearest(String text) {
        var label = new StringBuilder();
        String lower = text.toLowerCase(Locale.ROOT);
        for (int i = 0; i < lower.length() && label.length() < MAX_LENGTH; i++) {
            char c = lower.charAt(i);
            if (isPlain(c)) {
                label.append(c);
            } else if (!label.isEmpty() && label.charAt(label.length() - 1) != '-') {
                label.append('-');
            }
        }
        while (!label.isEmpty() && label.charAt(label.length() - 1) == '-') {
            label.setLength(label.length() - 1);
        }
        return label.toString();
    }

    private static boolean isPlain(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    }
}

package io.ggen.marketplace.core.search;

import java.text.Normalizer;

/**
 * Cuts text into words: runs of letters and digits, in lower case and without accents. A run with
 * inner borders (camelCase, letters beside digits) gives its parts too; an ideograph or kana is a
 * word of its own. Words are cut at {@link #MAX_LENGTH} characters.
 */
final class Words {
    static final int MAX_LENGTH = 64;

    private static final int SEPARATOR = 0;
    private static final int LOWER = 1;
    private static final int UPPER = 2;
    private static final int DIGIT = 3;
    private static final int ALONE = 4;

    /** Takes words; the buffer is only valid during the call. */
    interface Sink {
        /** Takes one word, perhaps a {@code part} of a longer one. */
        void word(char[] buffer, int start, int end, boolean part);
    }

    private char[] text = new char[256];

    /** Hands every word of {@code source} to {@code sink}. */
    void split(String source, Sink sink) {
        int length = load(source);
        int start = 0;
        while (start < length) {
            int kind = kind(start, length);
            int width = width(start, length);
            if (kind == SEPARATOR) {
                start += width;
            } else if (kind == ALONE) {
                sink.word(text, start, start + width, false);
                start += width;
            } else {
                start = run(start, length, sink);
            }
        }
    }

    private int load(String source) {
        String plain = isAscii(source) ? source : folded(source);
        if (plain.length() > text.length) {
            text = new char[plain.length() * 2];
        }
        plain.getChars(0, plain.length(), text, 0);
        return plain.length();
    }

    private int run(int start, int length, Sink sink) {
        int end = start;
        int partStart = start;
        int before = SEPARATOR;
        while (end < length) {
            int kind = kind(end, length);
            if (kind == SEPARATOR || kind == ALONE) {
                break;
            }
            if (end > start && isBorder(before, kind, end, length)) {
                part(partStart, end, sink);
                partStart = end;
            }
            before = kind;
            end += width(end, length);
        }
        lower(partStart, end);
        if (partStart > start) {
            part(partStart, end, sink);
        }
        sink.word(text, start, Math.min(end, start + MAX_LENGTH), false);
        return end;
    }

    private boolean isBorder(int before, int kind, int at, int length) {
        if (before == DIGIT || kind == DIGIT) {
            return before != kind;
        }
        boolean camel = before == LOWER && kind == UPPER;
        boolean endOfCapitals = before == UPPER && kind == UPPER && kind(at + 1, length) == LOWER;
        return camel || endOfCapitals;
    }

    private void part(int start, int end, Sink sink) {
        lower(start, end);
        if (end - start > 1) {
            sink.word(text, start, Math.min(end, start + MAX_LENGTH), true);
        }
    }

    private void lower(int start, int end) {
        for (int i = start; i < end; i++) {
            char c = text[i];
            text[i] =
                    c < 128
                            ? (c >= 'A' && c <= 'Z' ? (char) (c + 32) : c)
                            : Character.toLowerCase(c);
        }
    }

    private int width(int at, int length) {
        return at + 1 < length && Character.isSurrogatePair(text[at], text[at + 1]) ? 2 : 1;
    }

    private int kind(int at, int length) {
        if (at >= length) {
            return SEPARATOR;
        }
        char c = text[at];
        if (c < 128) {
            return asciiKind(c);
        }
        return unicodeKind(width(at, length) == 2 ? Character.toCodePoint(c, text[at + 1]) : c);
    }

    private static int asciiKind(char c) {
        if (c >= 'a' && c <= 'z') {
            return LOWER;
        }
        if (c >= '0' && c <= '9') {
            return DIGIT;
        }
        return c >= 'A' && c <= 'Z' ? UPPER : SEPARATOR;
    }

    private static int unicodeKind(int c) {
        if (!Character.isLetterOrDigit(c)) {
            return SEPARATOR;
        }
        if (Character.isIdeographic(c) || (c >= 0x3040 && c <= 0x30ff)) {
            return ALONE;
        }
        if (Character.isDigit(c)) {
            return DIGIT;
        }
        return Character.isUpperCase(c) ? UPPER : LOWER;
    }

    private static boolean isAscii(String source) {
        for (int i = 0; i < source.length(); i++) {
            if (source.charAt(i) >= 128) {
                return false;
            }
        }
        return true;
    }

    /** Compatibility forms are made plain and accents dropped: é is e, ﬁ is fi. */
    private static String folded(String source) {
        String decomposed = Normalizer.normalize(source, Normalizer.Form.NFKD);
        StringBuilder kept = new StringBuilder(decomposed.length());
        for (int i = 0; i < decomposed.length(); i++) {
            char c = decomposed.charAt(i);
            if (Character.getType(c) != Character.NON_SPACING_MARK) {
                kept.append(c);
            }
        }
        return kept.toString();
    }
}

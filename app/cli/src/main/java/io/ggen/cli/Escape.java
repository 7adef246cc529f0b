package io.ggen.cli;

/**
 * Makes foreign text harmless for a terminal: control characters, escape sequences and characters
 * that turn the writing direction become visible. Line ends stay.
 */
final class Escape {
    private Escape() {}

    /** Returns {@code text} with everything visible that a terminal would act upon. */
    static String terminal(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (acts(text.charAt(i))) {
                return escaped(text, i);
            }
        }
        return text;
    }

    /** Returns {@code text} on one line, at most {@code most} characters long. */
    static String oneLine(String text, int most) {
        String line = text.strip().replace('\n', ' ').replace('\r', ' ');
        return line.length() <= most ? line : line.substring(0, Math.max(0, most - 1)) + "…";
    }

    private static String escaped(String text, int from) {
        StringBuilder out = new StringBuilder(text.length() + 16).append(text, 0, from);
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (acts(c)) {
                out.append("\\u{").append(Integer.toHexString(c)).append('}');
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    private static boolean acts(char c) {
        return c < ' ' && c != '\n'
                || c >= 0x7f && c <= 0x9f
                || c == 0x61c
                || c >= 0x200b && c <= 0x200f
                || c >= 0x2028 && c <= 0x202e
                || c >= 0x2060 && c <= 0x206f
                || c == 0xfeff
                || c >= 0xfff9 && c <= 0xfffb;
    }
}

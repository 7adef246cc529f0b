package io.ggen.marketplace.core.imports;

import io.ggen.marketplace.model.Utf8;

/** Cuts texts at whole characters. */
final class Shorten {
    private static final String MORE = "…";

    private Shorten() {}

    /** Returns {@code text}, or as much of it as fits {@code bytes} of UTF-8 with an ellipsis. */
    static String toBytes(String text, int bytes) {
        if (Utf8.length(text) <= bytes) {
            return text;
        }
        int room = bytes - Utf8.length(MORE);
        int end = 0;
        for (int i = 0; i < text.length(); i = text.offsetByCodePoints(i, 1)) {
            int size = Utf8.length(Character.toString(text.codePointAt(i)));
            if (size > room) {
                break;
            }
            room -= size;
            end = i + Character.charCount(text.codePointAt(i));
        }
        return text.substring(0, end).stripTrailing() + MORE;
    }
}

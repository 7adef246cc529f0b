package io.ggen.marketplace.model;

import io.ggen.base.Bytes;

import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads UTF-8 and nothing else: what is malformed is refused, never replaced. */
public final class Utf8 {
    private static final char REPLACEMENT = '\ufffd';

    private Utf8() {}

    /**
     * Returns the text of {@code bytes}; throws IllegalArgumentException where they are malformed.
     */
    public static String decode(Bytes bytes) {
        // a decoder is slow at first; what was decoded without a stand-in was well-formed
        String text = new String(bytes.toArray(), StandardCharsets.UTF_8);
        if (text.indexOf(REPLACEMENT) < 0) {
            return text;
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.buffer()).toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("not well-formed UTF-8", e);
        }
    }

    /** Returns how many bytes {@code text} takes. */
    public static int length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}

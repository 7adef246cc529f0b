package io.ggen.marketplace.file;

import java.util.List;

/** Appends JSON to a text: what index.json needs, without the cost of a generator. */
final class JsonText {
    private static final String HEX = "0123456789abcdef";

    private JsonText() {}

    static String quote(String value) {
        StringBuilder text = new StringBuilder(value.length() + 2).append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < 0x20 || c == 0x7f) {
                text.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            } else {
                text.append(c);
            }
        }
        return text.append('"').toString();
    }

    static String quote(List<String> values) {
        StringBuilder text = new StringBuilder("[");
        for (String value : values) {
            text.append(text.length() == 1 ? "" : ",").append(quote(value));
        }
        return text.append(']').toString();
    }

    /** Returns the quoted value, or {@code null} for an empty one, as the old program has it. */
    static String quoteOrNull(String value) {
        return value.isEmpty() ? "null" : quote(value);
    }
}

package io.ggen.marketplace.model;

/** Foreign text as it may stand in a message: printable ASCII, cut when it is long. */
final class Shown {
    private static final int MAX = 100;

    private Shown() {}

    static String text(String text) {
        var shown = new StringBuilder();
        for (int i = 0; i < text.length() && i < MAX; i++) {
            char c = text.charAt(i);
            shown.append(c >= 0x20 && c <= 0x7e ? c : '?');
        }
        return text.length() <= MAX ? shown.toString() : shown.append('…').toString();
    }
}

package io.ggen.marketplace.core.publish;

/** What bytes of a text are, as far as secrets go. Stateless. */
final class Ascii {
    private Ascii() {}

    static boolean startsWith(byte[] bytes, int at, int end, String text) {
        if (at < 0 || at + text.length() > end) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (bytes[at + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    static boolean isWord(byte b) {
        return (b >= 'a' && b <= 'z')
                || (b >= 'A' && b <= 'Z')
                || (b >= '0' && b <= '9')
                || b == '_';
    }

    static boolean isBase64(byte b) {
        return (isWord(b) && b != '_') || b == '+' || b == '/';
    }
}

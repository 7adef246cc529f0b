package io.ggen.marketplace.core.publish;

/**
 * Private keys in PEM: the mark that opens one, and something like a key behind it. A mark with
 * nothing but dots behind it belongs to a text about keys, one with a quotation mark to a program
 * that reads them.
 */
final class PrivateKeyMarks {
    private static final String BEGIN = "-----BEGIN ";
    private static final String PRIVATE = "PRIVATE KEY";
    private static final int LONGEST_LABEL = 64;
    private static final int BODY = 4;
    private static final int LINE = 40;

    private PrivateKeyMarks() {}

    /** Returns whether a private key begins at {@code at}. */
    static boolean begin(byte[] bytes, int at, int end) {
        if (!Ascii.startsWith(bytes, at, end, BEGIN)) {
            return false;
        }
        int limit = Math.min(end, at + SecretTokens.LOOK_AHEAD);
        int label = at + BEGIN.length();
        int last = Math.min(limit, label + LONGEST_LABEL);
        while (label < last && !Ascii.startsWith(bytes, label, limit, PRIVATE)) {
            if (bytes[label] == '-' || bytes[label] == '\n') {
                return false;
            }
            label++;
        }
        int mark = label + PRIVATE.length();
        return label < last
                && (hasBody(bytes, afterMark(bytes, mark, limit), limit)
                        || hasLine(bytes, mark, limit));
    }

    /** Steps over {@code BLOCK-----} and line ends, also those that JSON and programs write. */
    private static int afterMark(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end && bytes[at] != '-' && bytes[at] != '\n') {
            at++;
        }
        while (at < end && bytes[at] == '-') {
            at++;
        }
        boolean blank = true;
        while (blank && at < end) {
            boolean escape = bytes[at] == '\\' && at + 1 < end && "nr".indexOf(bytes[at + 1]) >= 0;
            blank = escape || bytes[at] <= ' ';
            at += escape ? 2 : blank ? 1 : 0;
        }
        return at;
    }

    private static boolean hasBody(byte[] bytes, int from, int end) {
        int at = from;
        boolean same = true;
        while (at < end && Ascii.isBase64(bytes[at])) {
            same &= bytes[at] == bytes[from];
            at++;
        }
        return at - from >= BODY && !same;
    }

    private static boolean hasLine(byte[] bytes, int from, int end) {
        int run = 0;
        for (int i = from; i < end && run < LINE; i++) {
            run = Ascii.isBase64(bytes[i]) ? run + 1 : 0;
        }
        return run >= LINE;
    }
}

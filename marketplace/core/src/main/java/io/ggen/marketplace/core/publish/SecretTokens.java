package io.ggen.marketplace.core.publish;

import java.util.List;

/** Secrets that show themselves by how they begin. */
final class SecretTokens {
    /** How far a secret may have to be read from its first byte to be known, in bytes. */
    static final int LOOK_AHEAD = 512;

    private static final int KEY_LINE = 40;
    private static final String BEGIN = "-----BEGIN ";
    private static final String PRIVATE = "PRIVATE KEY";
    private static final String EXAMPLE = "EXAMPLE";

    private record Kind(String text, int rest, List<String> beginnings) {
        Kind(String text, int rest, String... beginnings) {
            this(text, rest, List.of(beginnings));
        }
    }

    private static final List<Kind> KINDS =
            List.of(
                    new Kind("an access key of AWS", 16, "AKIA", "ASIA"),
                    new Kind("a token of GitHub", 36, "ghp_", "gho_", "ghu_", "ghs_", "ghr_"),
                    new Kind("a token of GitHub", 40, "github_pat_"),
                    new Kind("a token of GitLab", 20, "glpat-"),
                    new Kind("a token of npm", 36, "npm_"),
                    new Kind("a token of Slack", 20, "xoxb-", "xoxp-", "xoxa-", "xoxr-", "xoxs-"),
                    new Kind("a token of Slack", 20, "xapp-"),
                    new Kind("an API key of Google", 35, "AIza"),
                    new Kind("a client secret of Google", 20, "GOCSPX-"),
                    new Kind("a secret key of Stripe", 24, "sk_live_", "rk_live_"));

    private SecretTokens() {}

    /** Returns whether any secret begins with this byte: the quick answer to most bytes. */
    static boolean mayBegin(byte first) {
        return switch (first) {
            case '-', 'A', 'g', 'n', 'x', 'G', 's', 'r' -> true;
            default -> false;
        };
    }

    /**
     * Returns what begins at {@code at}, or an empty text.
     *
     * @param before the byte in front of it: a token does not begin inside a word
     */
    static String kindAt(byte[] bytes, int at, int end, byte before) {
        if (bytes[at] == '-') {
            return isPrivateKey(bytes, at, end) ? "a private key" : "";
        }
        if (isWord(before)) {
            return "";
        }
        for (Kind kind : KINDS) {
            for (String beginning : kind.beginnings) {
                if (startsWith(bytes, at, end, beginning)
                        && isToken(bytes, at + beginning.length(), end, kind.rest)) {
                    return kind.text;
                }
            }
        }
        return "";
    }

    private static boolean isToken(byte[] bytes, int from, int end, int rest) {
        int at = from;
        while (at < end && at - from < LOOK_AHEAD / 2 && isTokenByte(bytes[at])) {
            at++;
        }
        return at - from >= rest
                && !startsWith(bytes, at - EXAMPLE.length(), end, EXAMPLE)
                && !isOneByte(bytes, from, at);
    }

    /** A run of one letter stands for a token in a text, it is none. */
    private static boolean isOneByte(byte[] bytes, int from, int to) {
        int at = from + 1;
        while (at < to && bytes[at] == bytes[from]) {
            at++;
        }
        return at == to;
    }

    private static boolean isPrivateKey(byte[] bytes, int at, int end) {
        if (!startsWith(bytes, at, end, BEGIN)) {
            return false;
        }
        int limit = Math.min(end, at + LOOK_AHEAD);
        int line = at;
        while (line < limit && !startsWith(bytes, line, Math.min(end, at + 64), PRIVATE)) {
            line++;
        }
        int run = 0;
        for (int i = line + PRIVATE.length(); i < limit; i++) {
            run = isBase64(bytes[i]) ? run + 1 : 0;
            if (run >= KEY_LINE) {
                return true;
            }
        }
        return false;
    }

    private static boolean startsWith(byte[] bytes, int at, int end, String text) {
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

    private static boolean isWord(byte b) {
        return (b >= 'a' && b <= 'z')
                || (b >= 'A' && b <= 'Z')
                || (b >= '0' && b <= '9')
                || b == '_';
    }

    private static boolean isTokenByte(byte b) {
        return isWord(b) || b == '-';
    }

    private static boolean isBase64(byte b) {
        return (isWord(b) && b != '_') || b == '+' || b == '/';
    }
}

package io.ggen.marketplace.core.publish;

import java.util.ArrayList;
import java.util.List;

/** Secrets that show themselves by how they begin. */
final class SecretTokens {
    /** How far a secret may have to be read from its first byte to be known, in bytes. */
    static final int LOOK_AHEAD = 512;

    private static final String EXAMPLE = "EXAMPLE";
    private static final int AWS_SECRET = 40;
    private static final int MOST_BETWEEN = 8;
    private static final List<String> AWS_SECRET_NAMES =
            List.of("aws_secret_access_key", "AWS_SECRET_ACCESS_KEY", "SecretAccessKey");

    /**
     * A kind of token.
     *
     * @param text what it is called in a message
     * @param rest how many more letters, digits, underscores and hyphens it has at least
     * @param beginnings how it begins
     */
    private record Kind(String text, int rest, List<String> beginnings) {
        Kind(String text, int rest, String... beginnings) {
            this(text, rest, List.of(beginnings));
        }
    }

    private static final List<Kind> KINDS =
            List.of(
                    new Kind("an access key of AWS", 16, "AKIA", "ASIA", "ABIA", "ACCA"),
                    new Kind("a token of GitHub", 36, "ghp_", "gho_", "ghu_", "ghs_", "ghr_"),
                    new Kind("a token of GitHub", 40, "github_pat_"),
                    new Kind("a token of GitLab", 20, "glpat-", "gldt-", "glrt-", "glptt-"),
                    new Kind("a token of npm", 36, "npm_"),
                    new Kind("a token of an npm registry", 20, "_authToken="),
                    new Kind("a token of crates.io", 32, "cio"),
                    new Kind("a token of PyPI", 50, "pypi-"),
                    new Kind("a token of RubyGems", 48, "rubygems_"),
                    new Kind("a token of Docker Hub", 27, "dckr_pat_"),
                    new Kind("a token of Slack", 20, "xoxb-", "xoxp-", "xoxa-", "xoxr-", "xoxs-"),
                    new Kind("a token of Slack", 20, "xapp-"),
                    new Kind("an API key of Google", 35, "AIza"),
                    new Kind("a client secret of Google", 20, "GOCSPX-"),
                    new Kind("a secret key of Stripe", 24, "sk_live_", "rk_live_"),
                    new Kind("a key of SendGrid", 22, "SG."),
                    new Kind("a token of Hugging Face", 34, "hf_"),
                    new Kind("a key of Anthropic", 80, "sk-ant-"),
                    new Kind("a key of OpenAI", 40, "sk-proj-", "sk-svcacct-", "sk-admin-"),
                    new Kind("a token of DigitalOcean", 64, "dop_v1_", "doo_v1_", "dor_v1_"),
                    new Kind("a token of Vault", 80, "hvs.", "hvb."),
                    new Kind("a token of Shopify", 32, "shpat_", "shpss_", "shpca_"),
                    new Kind("a key of age", 58, "AGE-SECRET-KEY-1"));

    private record Beginning(String text, Kind kind) {}

    private static final Beginning[] BEGINNINGS = beginnings();

    private static Beginning[] beginnings() {
        List<Beginning> beginnings = new ArrayList<>();
        for (Kind kind : KINDS) {
            for (String beginning : kind.beginnings) {
                beginnings.add(new Beginning(beginning, kind));
            }
        }
        return beginnings.toArray(Beginning[]::new);
    }

    /** Which two bytes any secret begins with, by {@code first << 7 | second}. */
    private static final boolean[] PAIRS = pairs();

    private SecretTokens() {}

    private static boolean[] pairs() {
        boolean[] pairs = new boolean[1 << 14];
        pairs[pair("--")] = true;
        for (Beginning one : BEGINNINGS) {
            pairs[pair(one.text)] = true;
        }
        for (String name : AWS_SECRET_NAMES) {
            pairs[pair(name)] = true;
        }
        return pairs;
    }

    private static int pair(String text) {
        return text.charAt(0) << 7 | text.charAt(1);
    }

    /** Returns whether any secret begins with these two bytes: the quick answer to most. */
    static boolean mayBegin(byte first, byte second) {
        return (first | second) >= 0 && PAIRS[first << 7 | second];
    }

    /**
     * Returns what begins at {@code at}, or an empty text.
     *
     * @param before the byte in front of it: a token does not begin inside a word
     */
    static String kindAt(byte[] bytes, int at, int end, byte before) {
        if (bytes[at] == '-') {
            return PrivateKeyMarks.begin(bytes, at, end) ? "a private key" : "";
        }
        if (Ascii.isWord(before)) {
            return "";
        }
        for (Beginning one : BEGINNINGS) {
            if (Ascii.startsWith(bytes, at, end, one.text)
                    && isToken(bytes, at + one.text.length(), end, one.kind.rest)) {
                return one.kind.text;
            }
        }
        return isAwsSecret(bytes, at, end) ? "a secret key of AWS" : "";
    }

    private static boolean isToken(byte[] bytes, int from, int end, int rest) {
        int at = from;
        while (at < end && at - from < LOOK_AHEAD / 2 && isTokenByte(bytes[at])) {
            at++;
        }
        return at - from >= rest && !isStandIn(bytes, from, at, end);
    }

    /** The secret has no beginning of its own: it is known by the name in front of it. */
    private static boolean isAwsSecret(byte[] bytes, int at, int end) {
        for (String name : AWS_SECRET_NAMES) {
            if (Ascii.startsWith(bytes, at, end, name)) {
                int from = at + name.length();
                int most = Math.min(end, from + MOST_BETWEEN);
                while (from < most && " \t\"':=>".indexOf(bytes[from]) >= 0) {
                    from++;
                }
                int to = from;
                while (to < end && to - from <= AWS_SECRET && Ascii.isBase64(bytes[to])) {
                    to++;
                }
                return to - from == AWS_SECRET && !isStandIn(bytes, from, to, end);
            }
        }
        return false;
    }

    /** Returns whether the token stands for one in a text: an example, or a run of one letter. */
    private static boolean isStandIn(byte[] bytes, int from, int to, int end) {
        if (Ascii.startsWith(bytes, to - EXAMPLE.length(), end, EXAMPLE)
                || Ascii.startsWith(bytes, to - EXAMPLE.length() - 3, end, EXAMPLE + "KEY")) {
            return true;
        }
        int at = from + 1;
        while (at < to && bytes[at] == bytes[from]) {
            at++;
        }
        return at == to;
    }

    private static boolean isTokenByte(byte b) {
        return Ascii.isWord(b) || b == '-';
    }
}

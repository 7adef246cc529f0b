package io.ggen.marketplace.core.config;

import java.util.List;

/**
 * Where a key stands among the lines of a TOML text.
 *
 * @param tableAt the line after the table's header, or -1 where there is no such table
 * @param end where a new key of the table goes: after its last line that is not blank
 * @param from the key's first line, or -1 where it is not there
 * @param to the line after the key's value
 */
record TomlLines(int tableAt, int end, int from, int to) {
    boolean hasTable() {
        return tableAt >= 0;
    }

    boolean hasKey() {
        return from >= 0;
    }

    /** Looks for {@code key} in {@code table}. */
    static TomlLines of(List<String> lines, String table, String key) {
        String current = "";
        int tableAt = table.isEmpty() ? 0 : -1;
        int end = 0;
        int from = -1;
        int to = -1;
        int at = 0;
        while (at < lines.size()) {
            String line = lines.get(at).strip();
            int next = isKey(line) ? afterValue(lines, at) : at + 1;
            if (line.startsWith("[")) {
                current = line.startsWith("[[") ? line : header(line);
                tableAt = current.equals(table) && tableAt < 0 ? at + 1 : tableAt;
                end = current.equals(table) ? next : end;
            } else if (current.equals(table) && !line.isEmpty()) {
                end = next;
                if (isKey(line) && plain(line.substring(0, equalsSign(line))).equals(key(key))) {
                    from = at;
                    to = next;
                }
            }
            at = next;
        }
        return new TomlLines(tableAt, end, from, to);
    }

    private static boolean isKey(String line) {
        return !line.isEmpty() && line.charAt(0) != '#' && line.charAt(0) != '[';
    }

    private static String key(String text) {
        return plain(text);
    }

    private static String header(String line) {
        int close = line.indexOf(']');
        return close < 0 ? line : line.substring(1, close).replace(" ", "").replace("\"", "");
    }

    private static String plain(String key) {
        String bare = key.strip();
        boolean quoted =
                bare.length() >= 2
                        && (bare.charAt(0) == '"' || bare.charAt(0) == '\'')
                        && bare.charAt(0) == bare.charAt(bare.length() - 1);
        return quoted ? bare.substring(1, bare.length() - 1) : bare;
    }

    /** Returns where the key ends: the first equals sign outside of quotes. */
    static int equalsSign(String line) {
        char quote = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '=') {
                return i;
            }
        }
        return line.length();
    }

    /** Returns the comment behind a one-line value with the spaces before it, or nothing. */
    static String comment(String line) {
        int hash = Scan.of(line.substring(Math.min(line.length(), equalsSign(line) + 1))).comment();
        if (hash < 0) {
            return "";
        }
        int start = equalsSign(line) + 1 + hash;
        while (Character.isWhitespace(line.charAt(start - 1))) {
            start--;
        }
        return line.substring(start);
    }

    private static int afterValue(List<String> lines, int from) {
        String first = lines.get(from);
        StringBuilder value =
                new StringBuilder(first.substring(Math.min(first.length(), equalsSign(first) + 1)));
        int at = from + 1;
        while (at < lines.size() && Scan.of(value).open()) {
            value.append('\n').append(lines.get(at++));
        }
        return at;
    }

    /**
     * What a value's text shows.
     *
     * @param open whether a bracket or a long string is not closed yet
     * @param comment where a comment begins, or -1
     */
    private record Scan(boolean open, int comment) {
        static Scan of(CharSequence text) {
            int depth = 0;
            int comment = -1;
            String quote = "";
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (!quote.isEmpty()) {
                    if (c == '\\' && quote.charAt(0) == '"') {
                        i++;
                    } else if (startsWith(text, i, quote)) {
                        i += quote.length() - 1;
                        quote = "";
                    }
                } else if (c == '"' || c == '\'') {
                    String three = String.valueOf(c).repeat(3);
                    quote = startsWith(text, i, three) ? three : String.valueOf(c);
                    i += quote.length() - 1;
                } else if (c == '#') {
                    comment = comment < 0 ? i : comment;
                    i = endOfLine(text, i);
                } else if (c == '[' || c == '{') {
                    depth++;
                } else if (c == ']' || c == '}') {
                    depth--;
                }
            }
            return new Scan(depth > 0 || quote.length() == 3, comment);
        }

        private static int endOfLine(CharSequence text, int from) {
            int i = from;
            while (i < text.length() && text.charAt(i) != '\n') {
                i++;
            }
            return i;
        }

        private static boolean startsWith(CharSequence text, int at, String word) {
            return at + word.length() <= text.length()
                    && text.subSequence(at, at + word.length()).toString().equals(word);
        }
    }
}

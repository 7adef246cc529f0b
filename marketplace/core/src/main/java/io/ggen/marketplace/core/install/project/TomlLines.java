package io.ggen.marketplace.core.install.project;

import java.util.ArrayList;
import java.util.List;

/**
 * Edits one entry of a table in a TOML text, line by line, so that comments, order and line ends
 * survive. It knows tables with a header and entries on one line; whoever uses it parses the result
 * to see whether the edit took.
 */
final class TomlLines {
    private final List<String> lines;

    private TomlLines(String text) {
        lines = new ArrayList<>(List.of(text.split("\n", -1)));
    }

    static String quote(String value) {
        var quoted = new StringBuilder("\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\');
            }
            quoted.append(c);
        }
        return quoted.append('"').toString();
    }

    /** Returns {@code text} with {@code key = value} in {@code [table]}. */
    static String put(String text, String table, String key, String value) {
        return new TomlLines(text).put(table, key, value);
    }

    /** Returns {@code text} without {@code key} in {@code [table]}. */
    static String remove(String text, String table, String key) {
        return new TomlLines(text).remove(table, key);
    }

    private String put(String table, String key, String value) {
        String entry = quote(key) + " = " + value;
        int header = header(List.of(table));
        if (header < 0) {
            return append("[" + table + "]", entry);
        }
        int end = end(header);
        int last = header;
        for (int i = header + 1; i < end; i++) {
            List<String> path = keyPath(lines.get(i));
            if (path.equals(List.of(key))) {
                lines.set(i, replaceValue(lines.get(i), value));
                return text();
            }
            if (!path.isEmpty()) {
                last = i;
            }
        }
        if (last == lines.size() - 1) {
            lines.set(last, lines.get(last) + "\n" + entry);
            return text();
        }
        lines.add(last + 1, entry + (lines.get(last).endsWith("\r") ? "\r" : ""));
        return text();
    }

    private String append(String header, String entry) {
        String before = text();
        String gap = before.isEmpty() ? "" : before.endsWith("\n") ? "\n" : "\n\n";
        return before + gap + header + "\n" + entry + "\n";
    }

    private String remove(String table, String key) {
        int own = header(List.of(table, key));
        if (own >= 0) {
            boolean lastLineEnds = end(own) == lines.size() && lines.getLast().isEmpty();
            lines.subList(own, end(own) - (lastLineEnds ? 1 : 0)).clear();
        }
        int header = header(List.of(table));
        if (header >= 0) {
            for (int i = end(header) - 1; i > header; i--) {
                List<String> path = keyPath(lines.get(i));
                if (!path.isEmpty() && path.getFirst().equals(key)) {
                    lines.remove(i);
                }
            }
        }
        return text();
    }

    private String text() {
        return String.join("\n", lines);
    }

    /** Returns the line of the header of that table, or -1. */
    private int header(List<String> table) {
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.startsWith("[")
                    && !line.startsWith("[[")
                    && new Scan(line, 1).path(']').equals(table)) {
                return i;
            }
        }
        return -1;
    }

    /** Returns the line after the table whose header is at {@code header}. */
    private int end(int header) {
        for (int i = header + 1; i < lines.size(); i++) {
            if (lines.get(i).strip().startsWith("[")) {
                return i;
            }
        }
        return lines.size();
    }

    private static List<String> keyPath(String line) {
        return new Scan(line, 0).path('=');
    }

    private static String replaceValue(String line, String value) {
        var scan = new Scan(line, 0);
        scan.path('=');
        int start = scan.at;
        return line.substring(0, start) + " " + value + scan.afterValue();
    }

    /** Walks over one line. */
    private static final class Scan {
        private final String line;
        private int at;

        Scan(String line, int start) {
            this.line = line;
            this.at = start;
        }

        /** Reads a dotted key up to {@code end}; empty where there is none. */
        List<String> path(char end) {
            List<String> path = new ArrayList<>();
            while (at < line.length()) {
                skipSpaces();
                String part = part();
                if (part.isEmpty()) {
                    return List.of();
                }
                path.add(part);
                skipSpaces();
                char next = at < line.length() ? line.charAt(at++) : '\0';
                if (next == end) {
                    return path;
                }
                if (next != '.') {
                    return List.of();
                }
            }
            return List.of();
        }

        private String part() {
            if (at < line.length() && (line.charAt(at) == '"' || line.charAt(at) == '\'')) {
                int close = line.indexOf(line.charAt(at), at + 1);
                int start = at + 1;
                at = close < 0 ? line.length() : close + 1;
                return close < 0 ? "" : line.substring(start, close);
            }
            int start = at;
            while (at < line.length() && isBare(line.charAt(at))) {
                at++;
            }
            return line.substring(start, at);
        }

        private static boolean isBare(char c) {
            return Character.isLetterOrDigit(c) || c == '_' || c == '-';
        }

        private void skipSpaces() {
            while (at < line.length() && (line.charAt(at) == ' ' || line.charAt(at) == '\t')) {
                at++;
            }
        }

        /** Returns what follows the value: spaces, a comment, a carriage return. */
        String afterValue() {
            int end = at;
            boolean quoted = false;
            for (int i = at; i < line.length(); i++) {
                char c = line.charAt(i);
                if (c == '"' || c == '\'') {
                    quoted = !quoted;
                } else if (c == '#' && !quoted) {
                    break;
                }
                if (!Character.isWhitespace(c)) {
                    end = i + 1;
                }
            }
            return line.substring(end);
        }
    }
}

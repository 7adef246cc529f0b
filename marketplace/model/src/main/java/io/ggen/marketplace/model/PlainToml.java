package io.ggen.marketplace.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads TOML as most people write it: tables, texts on one line without escapes, lists, inline
 * tables, whole numbers, truth values, comments. Where there is anything else, or anything wrong,
 * it gives up and a full parser takes over, which costs a cold start ten times as much.
 *
 * @see <a href="https://toml.io/en/v1.0.0">TOML 1.0.0</a>
 */
final class PlainToml {
    private static final int MAX_DIGITS = 18;
    private static final int MAX_DEPTH = 16;

    private final String text;
    private final Map<String, Object> root = new LinkedHashMap<>();
    private final Set<List<String>> headers = new HashSet<>();
    private Map<String, Object> table = root;
    private int at;
    private int depth;

    private PlainToml(String text) {
        this.text = text;
    }

    /** Something that only the full parser understands. */
    private static final class NotPlain extends Exception {
        private static final long serialVersionUID = 1;

        NotPlain() {
            super(null, null, false, false);
        }
    }

    /** Returns texts, Longs, Booleans, Lists and Maps in the order written; or nothing. */
    static Optional<Map<String, Object>> read(String text) {
        var reader = new PlainToml(text);
        try {
            while (reader.at < text.length()) {
                reader.line();
            }
            return Optional.of(reader.root);
        } catch (NotPlain e) {
            return Optional.empty();
        }
    }

    private char peek() {
        return at < text.length() ? text.charAt(at) : '\n';
    }

    private void expect(char c) throws NotPlain {
        if (at >= text.length() || text.charAt(at) != c) {
            throw new NotPlain();
        }
        at++;
    }

    private void skipSpaces() {
        while (peek() == ' ' || peek() == '\t') {
            at++;
        }
    }

    private void line() throws NotPlain {
        skipSpaces();
        char c = peek();
        if (c == '[') {
            at++;
            header();
        } else if (c != '#' && c != '\n' && c != '\r') {
            entry(table);
        }
        endOfLine();
    }

    /** Goes over spaces, a comment and the line's end. */
    private void endOfLine() throws NotPlain {
        skipSpaces();
        if (peek() == '#') {
            while (peek() != '\n' && !isBreak()) {
                checkPlain(text.charAt(at++));
            }
        }
        if (isBreak()) {
            at++;
        }
        if (at < text.length()) {
            expect('\n');
        }
    }

    private boolean isBreak() {
        return peek() == '\r' && at + 1 < text.length() && text.charAt(at + 1) == '\n';
    }

    private static void checkPlain(char c) throws NotPlain {
        boolean plain = (c >= ' ' && c < 0x7f) || c == '\t' || (c >= 0xa0 && c < 0xd800);
        if (!plain) {
            throw new NotPlain();
        }
    }

    private void header() throws NotPlain {
        List<String> path = new ArrayList<>();
        do {
            at += path.isEmpty() ? 0 : 1;
            skipSpaces();
            path.add(key());
            skipSpaces();
        } while (peek() == '.');
        expect(']');
        table = root;
        for (int i = 0; i < path.size(); i++) {
            table = below(path, i);
        }
    }

    /** Returns the table that the first words of {@code path} name; only the last may be new. */
    private Map<String, Object> below(List<String> path, int last) throws NotPlain {
        List<String> name = List.copyOf(path.subList(0, last + 1));
        boolean fresh = headers.add(name);
        if (fresh == table.containsKey(path.get(last)) || (!fresh && last == path.size() - 1)) {
            throw new NotPlain();
        }
        if (fresh) {
            table.put(path.get(last), new LinkedHashMap<String, Object>());
        }
        @SuppressWarnings("unchecked")
        var next = (Map<String, Object>) table.get(path.get(last));
        if (next == null) {
            throw new NotPlain();
        }
        return next;
    }

    private void entry(Map<String, Object> into) throws NotPlain {
        String key = key();
        skipSpaces();
        expect('=');
        skipSpaces();
        if (into.containsKey(key)) {
            throw new NotPlain();
        }
        into.put(key, value());
    }

    private String key() throws NotPlain {
        char c = peek();
        if (c == '"' || c == '\'') {
            return quoted();
        }
        int from = at;
        while (isBare(peek())) {
            at++;
        }
        if (at == from) {
            throw new NotPlain();
        }
        return text.substring(from, at);
    }

    private static boolean isBare(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '_'
                || c == '-';
    }

    private Object value() throws NotPlain {
        char c = peek();
        if (c == '"' || c == '\'') {
            return quoted();
        }
        if (c == '[' || c == '{') {
            if (++depth > MAX_DEPTH) {
                throw new NotPlain();
            }
            at++;
            Object value = c == '[' ? list() : inline();
            depth--;
            return value;
        }
        return word();
    }

    private String quoted() throws NotPlain {
        char quote = text.charAt(at++);
        int from = at;
        while (peek() != quote) {
            checkPlain(peek());
            if (quote == '"' && peek() == '\\') {
                throw new NotPlain();
            }
            at++;
        }
        at++;
        if (at - from == 1 && peek() == quote) {
            throw new NotPlain(); // three quotes
        }
        return text.substring(from, at - 1);
    }

    private Object word() throws NotPlain {
        int from = at;
        while (isBare(peek())) {
            at++;
        }
        String word = text.substring(from, at);
        if (word.equals("true") || word.equals("false")) {
            return word.equals("true");
        }
        boolean number = !word.isEmpty() && word.length() <= MAX_DIGITS;
        for (int i = 0; i < word.length(); i++) {
            number &= word.charAt(i) >= '0' && word.charAt(i) <= '9';
        }
        char next = peek();
        if (!number || (word.length() > 1 && word.charAt(0) == '0') || next == '.' || next == ':') {
            throw new NotPlain();
        }
        return Long.parseLong(word);
    }

    private List<Object> list() throws NotPlain {
        List<Object> list = new ArrayList<>();
        skipBlank();
        while (peek() != ']') {
            list.add(value());
            skipBlank();
            if (peek() != ']') {
                expect(',');
                skipBlank();
            }
        }
        at++;
        return list;
    }

    /** Goes over spaces, comments and line ends. */
    private void skipBlank() throws NotPlain {
        skipSpaces();
        while (at < text.length() && (peek() == '\n' || peek() == '#' || isBreak())) {
            endOfLine();
            skipSpaces();
        }
        if (at >= text.length()) {
            throw new NotPlain();
        }
    }

    private Map<String, Object> inline() throws NotPlain {
        Map<String, Object> members = new LinkedHashMap<>();
        skipSpaces();
        while (peek() != '}') {
            entry(members);
            skipSpaces();
            if (peek() != '}') {
                expect(',');
                skipSpaces();
                if (peek() == '}') {
                    throw new NotPlain();
                }
            }
        }
        at++;
        return members;
    }
}

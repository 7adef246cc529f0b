package io.ggen.marketplace.model;

/**
 * Walks over a JSON text from front to back, strictly: RFC 8259 and no unpaired surrogates. Nesting
 * is at most 64 deep, a number at most 400 characters long. Not thread-safe.
 *
 * <p>Whatever is not JSON becomes a {@link JsonFault} with its line and column. (A general parser
 * fills tables of big decimals first, which costs the start of each process some 10 ms.)
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8259">RFC 8259</a>
 */
public final class JsonScanner {
    private static final int MAX_DEPTH = 64;
    private static final int MAX_NUMBER = 400;

    private final String text;
    private int at;
    private int line = 1;
    private int lineStart;
    private int depth;
    private boolean first;

    /** Stands before the first value of {@code text}. */
    public JsonScanner(String text) {
        this.text = text;
    }

    /** Returns the first character of the next value, or of what stands in its place. */
    public char peek() {
        skipSpace();
        return at < text.length() ? text.charAt(at) : 0;
    }

    /** Returns the line of the next value, from 1. */
    public int line() {
        skipSpace();
        return line;
    }

    /** Returns the column of the next value, from 1. */
    public int column() {
        skipSpace();
        return at - lineStart + 1;
    }

    /** Goes into an object or a list: {@code bracket} opens it. */
    public void begin(char bracket) {
        expect(bracket);
        if (++depth > MAX_DEPTH) {
            throw fault("nested more than " + MAX_DEPTH + " deep");
        }
        first = true;
    }

    /** Goes to the next member or element, or out behind {@code bracket}, which closes it. */
    public boolean next(char bracket) {
        if (peek() == bracket) {
            at++;
            depth--;
            first = false;
            return false;
        }
        if (!first) {
            expect(',');
        }
        first = false;
        return true;
    }

    /** Reads a member's name and the colon. */
    public String name() {
        String name = string();
        expect(':');
        return name;
    }

    /** Reads a text. */
    public String string() {
        expect('"');
        int from = at;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '"') {
                return text.substring(from, at++);
            }
            if (c == '\\') {
                return escaped(from);
            }
            plain(c);
        }
        throw fault("a text without an end");
    }

    private String escaped(int from) {
        var content = new StringBuilder(text.length() - from < 64 ? 64 : 256);
        content.append(text, from, at);
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '"') {
                at++;
                return wellFormed(content.toString());
            }
            if (c == '\\') {
                at++;
                content.append(escape());
            } else {
                from = at;
                plain(c);
                content.append(text, from, at);
            }
        }
        throw fault("a text without an end");
    }

    /** Goes over one character that stands for itself, both halves of a pair. */
    private void plain(char c) {
        if (c < ' ') {
            throw fault("a control character in a text");
        }
        if (Character.isSurrogate(c)) {
            if (!Character.isHighSurrogate(c)
                    || at + 1 >= text.length()
                    || !Character.isLowSurrogate(text.charAt(at + 1))) {
                throw fault("half a character: an unpaired surrogate");
            }
            at++;
        }
        at++;
    }

    private char escape() {
        char c = at < text.length() ? text.charAt(at++) : 0;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> hex();
            default -> throw fault("an escape that JSON does not have");
        };
    }

    private char hex() {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            char c = at < text.length() ? text.charAt(at++) : 0;
            int digit = c < 0x80 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                throw fault("an escape without its four hexadecimal digits");
            }
            value = value << 4 | digit;
        }
        return (char) value;
    }

    private String wellFormed(String content) {
        for (int i = 0; i < content.length(); i++) {
            char c = content.charAt(i);
            if (Character.isHighSurrogate(c)
                    && i + 1 < content.length()
                    && Character.isLowSurrogate(content.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                throw fault("half a character: an unpaired surrogate");
            }
        }
        return content;
    }

    /** Reads {@code true}, {@code false} or {@code null} and returns which. */
    public String word() {
        for (String word : new String[] {"true", "false", "null"}) {
            if (text.startsWith(word, at)) {
                at += word.length();
                return word;
            }
        }
        throw fault(at < text.length() ? "no JSON value here" : "the text ends too early");
    }

    /** Reads a number and returns it as it is written. */
    public String number() {
        peek();
        int from = at;
        if (at < text.length() && text.charAt(at) == '-') {
            at++;
        }
        if (at < text.length() && text.charAt(at) == '0') {
            at++;
        } else {
            digits();
        }
        if (at < text.length() && text.charAt(at) == '.') {
            at++;
            digits();
        }
        if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            at++;
            if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
                at++;
            }
            digits();
        }
        if (at - from > MAX_NUMBER) {
            throw fault("a number of more than " + MAX_NUMBER + " digits");
        }
        return text.substring(from, at);
    }

    private void digits() {
        int from = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        if (at == from) {
            throw fault("no JSON value here");
        }
    }

    /** Goes over a whole value and returns it as it is written. */
    public String raw() {
        char c = peek();
        int from = at;
        switch (c) {
            case '{' -> {
                begin('{');
                while (next('}')) {
                    name();
                    raw();
                }
            }
            case '[' -> {
                begin('[');
                while (next(']')) {
                    raw();
                }
            }
            case '"' -> string();
            case 't', 'f', 'n' -> word();
            default -> number();
        }
        return text.substring(from, at);
    }

    /** Makes sure that nothing but space follows. */
    public void end() {
        if (peek() != 0 || at < text.length()) {
            throw fault("something follows the JSON value");
        }
    }

    /** Returns what is wrong here. */
    public JsonFault fault(String reason) {
        return new JsonFault(reason, line, Math.max(1, at - lineStart + 1));
    }

    private void expect(char c) {
        if (peek() != c) {
            throw fault(
                    at < text.length()
                            ? "'" + c + "' should stand here"
                            : "the text ends too early: '" + c + "' should follow");
        }
        at++;
    }

    private void skipSpace() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\n') {
                line++;
                lineStart = at + 1;
            } else if (c != ' ' && c != '\t' && c != '\r') {
                return;
            }
            at++;
        }
    }
}

package io.ggen.libp2p.gateway.http;

import io.ggen.base.Bytes;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The first line of a message and its fields. Lines end in CR LF alone, names are tokens that a
 * colon follows at once, values are visible ASCII, spaces and tabs; folded lines are refused.
 *
 * @param start the first line
 */
public record HttpHead(String start, List<Field> fields) {
    /** The longest head, in bytes, its empty line included. */
    public static final int MAX_LENGTH = 16 * 1024;

    /** The most fields. */
    public static final int MAX_FIELDS = 64;

    private static final String TOKEN = "!#$%&'*+-.^_`|~";

    /** A field: its name in lower case, its value without space around it. */
    public record Field(String name, String value) {}

    /** Copies the list. */
    public HttpHead {
        fields = List.copyOf(fields);
    }

    /**
     * Reads a head that ends in its empty line.
     *
     * @throws HttpException 400 or 431
     */
    public static HttpHead parse(Bytes bytes) {
        if (bytes.length() > MAX_LENGTH) {
            throw new HttpException(431, "a head of more than " + MAX_LENGTH + " bytes");
        }
        String text = new String(bytes.toArray(), StandardCharsets.ISO_8859_1);
        if (!text.endsWith("\r\n\r\n")) {
            throw HttpException.bad("a head without its end");
        }
        String[] lines = text.substring(0, text.length() - 4).split("\r\n", -1);
        List<Field> fields = new ArrayList<>();
        for (int i = 1; i < lines.length; i++) {
            if (fields.size() == MAX_FIELDS) {
                throw new HttpException(431, "more than " + MAX_FIELDS + " fields");
            }
            fields.add(field(lines[i]));
        }
        return new HttpHead(visible(lines[0]), fields);
    }

    private static Field field(String line) {
        int colon = line.indexOf(':');
        if (colon < 1 || !line.substring(0, colon).chars().allMatch(HttpHead::isToken)) {
            throw HttpException.bad("a field without a sound name, or a folded one");
        }
        String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
        return new Field(name, visible(line.substring(colon + 1)).strip());
    }

    private static boolean isToken(int c) {
        return c < 0x7f && (Character.isLetterOrDigit(c) || TOKEN.indexOf(c) >= 0);
    }

    private static String visible(String text) {
        if (!text.chars().allMatch(c -> c == '\t' || c >= ' ' && c < 0x7f)) {
            throw HttpException.bad("a line with a control or foreign character");
        }
        return text;
    }

    /** Returns the value of a field that may stand once; throws 400 when it stands twice. */
    public Optional<String> single(String name) {
        List<String> values = all(name);
        if (values.size() > 1) {
            throw HttpException.bad("the field " + name + " stands twice");
        }
        return values.stream().findFirst();
    }

    /** Returns the values of every field of that name, which is given in lower case. */
    public List<String> all(String name) {
        return fields.stream()
                .filter(field -> field.name().equals(name))
                .map(Field::value)
                .toList();
    }
}

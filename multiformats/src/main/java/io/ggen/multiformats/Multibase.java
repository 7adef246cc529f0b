package io.ggen.multiformats;

import io.ggen.base.Bytes;

/**
 * The multibase encodings in use here, each with its prefix letter. Decoding accepts the canonical
 * form alone: no padding, no bits left over, the letter case of the encoding.
 *
 * @see <a href="https://github.com/multiformats/multibase">multibase</a>
 */
public enum Multibase {
    /** Hexadecimal in lower case, {@code f}. */
    BASE16('f', "0123456789abcdef", 4),
    /** RFC 4648 base32 in lower case without padding, {@code b}. */
    BASE32('b', "abcdefghijklmnopqrstuvwxyz234567", 5),
    /** Base36 in lower case, {@code k}. */
    BASE36('k', "0123456789abcdefghijklmnopqrstuvwxyz", 0),
    /** Base58 with Bitcoin's alphabet, {@code z}. */
    BASE58BTC('z', "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz", 0),
    /** RFC 4648 base64 without padding, {@code m}. */
    BASE64('m', "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", 6),
    /** RFC 4648 URL-safe base64 without padding, {@code u}. */
    BASE64URL('u', "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", 6);

    /**
     * The longest text that {@link #decode} takes, in characters: base58 and base36 cost its
     * square.
     */
    public static final int MAX_TEXT = 1024;

    private final char prefix;
    private final String alphabet;
    private final int bits;

    Multibase(char prefix, String alphabet, int bits) {
        this.prefix = prefix;
        this.alphabet = alphabet;
        this.bits = bits;
    }

    /** Returns {@code bytes} in this encoding, after its prefix letter. */
    public String encode(Bytes bytes) {
        return prefix + encodeBare(bytes);
    }

    /** Returns {@code bytes} in this encoding without the prefix letter. */
    public String encodeBare(Bytes bytes) {
        return bits > 0 ? encodeBits(bytes) : encodeNumber(bytes);
    }

    /**
     * Reads a text that begins with the letter of any encoding here.
     *
     * @throws IllegalArgumentException for an unknown letter, a foreign character, a non-canonical
     *     or too long text
     */
    public static Bytes decode(String text) {
        if (!text.isEmpty()) {
            for (Multibase base : values()) {
                if (base.prefix == text.charAt(0)) {
                    return base.decodeBare(text.substring(1));
                }
            }
        }
        throw new IllegalArgumentException(
                "no multibase known here begins this text: " + abbreviate(text));
    }

    /** Reads a text of this encoding without prefix letter; throws as {@link #decode}. */
    public Bytes decodeBare(String text) {
        if (text.length() > MAX_TEXT) {
            throw new IllegalArgumentException(
                    "longer than " + MAX_TEXT + " characters: " + abbreviate(text));
        }
        Bytes bytes = bits > 0 ? decodeBits(text) : decodeNumber(text);
        if (!encodeBare(bytes).equals(text)) {
            throw new IllegalArgumentException("not the canonical form: " + abbreviate(text));
        }
        return bytes;
    }

    private String encodeBits(Bytes bytes) {
        var text = new StringBuilder((bytes.length() * 8 + bits - 1) / bits);
        int buffer = 0;
        int held = 0;
        for (int i = 0; i < bytes.length(); i++) {
            buffer = (buffer << 8) | (bytes.get(i) & 0xff);
            held += 8;
            while (held >= bits) {
                held -= bits;
                text.append(alphabet.charAt((buffer >>> held) & ((1 << bits) - 1)));
            }
            buffer &= (1 << held) - 1;
        }
        if (held > 0) {
            text.append(alphabet.charAt((buffer << (bits - held)) & ((1 << bits) - 1)));
        }
        return text.toString();
    }

    private Bytes decodeBits(String text) {
        byte[] out = new byte[text.length() * bits / 8];
        int buffer = 0;
        int held = 0;
        int at = 0;
        for (int i = 0; i < text.length(); i++) {
            buffer = (buffer << bits) | digit(text, i);
            held += bits;
            if (held >= 8) {
                held -= 8;
                out[at++] = (byte) (buffer >>> held);
            }
            buffer &= (1 << held) - 1;
        }
        return Bytes.wrap(out);
    }

    private String encodeNumber(Bytes bytes) {
        int zeros = 0;
        while (zeros < bytes.length() && bytes.get(zeros) == 0) {
            zeros++;
        }
        byte[] rest = bytes.toArray();
        var text = new StringBuilder();
        int from = zeros;
        while (from < rest.length) {
            text.append(alphabet.charAt(divide(rest, from)));
            while (from < rest.length && rest[from] == 0) {
                from++;
            }
        }
        return alphabet.substring(0, 1).repeat(zeros) + text.reverse();
    }

    /** Divides the number from {@code from} on by the radix in place; returns the remainder. */
    private int divide(byte[] number, int from) {
        int radix = alphabet.length();
        int remainder = 0;
        for (int i = from; i < number.length; i++) {
            int value = (remainder << 8) | (number[i] & 0xff);
            number[i] = (byte) (value / radix);
            remainder = value % radix;
        }
        return remainder;
    }

    private Bytes decodeNumber(String text) {
        byte[] number = new byte[text.length()]; // more than enough
        int from = number.length;
        int zeros = 0;
        for (int i = 0; i < text.length(); i++) {
            int carry = digit(text, i);
            if (carry == 0 && zeros == i) {
                zeros++;
                continue;
            }
            for (int at = number.length - 1; at >= from || carry > 0; at--) {
                carry += (number[at] & 0xff) * alphabet.length();
                number[at] = (byte) carry;
                carry >>= 8;
                from = Math.min(from, at);
            }
        }
        byte[] out = new byte[zeros + number.length - from];
        System.arraycopy(number, from, out, zeros, number.length - from);
        return Bytes.wrap(out);
    }

    private int digit(String text, int index) {
        int value = alphabet.indexOf(text.charAt(index));
        if (value < 0) {
            throw new IllegalArgumentException(
                    "character " + index + " is not in the alphabet: " + abbreviate(text));
        }
        return value;
    }

    private static String abbreviate(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }
}

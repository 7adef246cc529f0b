package io.ggen.base;

import java.io.ByteArrayOutputStream;

/**
 * The unsigned varint of multiformats: groups of 7 bits, low group first, shortest form only, at
 * most 9 bytes.
 *
 * @see <a href="https://github.com/multiformats/unsigned-varint">unsigned-varint</a>
 */
public final class Varint {
    /** The longest encoding in bytes, which carries 63 bits. */
    public static final int MAX_LENGTH = 9;

    private Varint() {}

    /** A value read from bytes, and the index after it. */
    public record Decoded(long value, int end) {}

    /**
     * Reads a varint that begins at {@code start}.
     *
     * @throws IllegalArgumentException when it is cut off, longer than 9 bytes or not in its
     *     shortest form
     */
    public static Decoded read(Bytes from, int start) {
        long value = 0;
        for (int i = 0; i < MAX_LENGTH; i++) {
            if (start + i >= from.length()) {
                throw new IllegalArgumentException("varint is cut off after " + i + " bytes");
            }
            byte group = from.get(start + i);
            value |= (long) (group & 0x7f) << (7 * i);
            if (group >= 0) {
                if (group == 0 && i > 0) {
                    throw new IllegalArgumentException("varint is not in its shortest form");
                }
                return new Decoded(value, start + i + 1);
            }
        }
        throw new IllegalArgumentException("varint is longer than 9 bytes");
    }

    /** Writes {@code value}, which must not be negative, to {@code out}. */
    public static void write(long value, ByteArrayOutputStream out) {
        if (value < 0) {
            throw new IllegalArgumentException("a varint is not negative: " + value);
        }
        long rest = value;
        while (rest >= 0x80) {
            out.write((int) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    /** Returns the encoding of {@code value}, which must not be negative. */
    public static Bytes encode(long value) {
        var out = new ByteArrayOutputStream(MAX_LENGTH);
        write(value, out);
        return Bytes.wrap(out.toByteArray());
    }
}

package io.ggen.base;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * An immutable sequence of bytes, equal by value and ordered as unsigned bytes. Thread-safe.
 *
 * <p>{@link #of} copies; {@link #wrap} takes ownership of an array that the caller never touches
 * again.
 */
public final class Bytes implements Comparable<Bytes> {
    private static final Bytes EMPTY = new Bytes(new byte[0]);

    private final byte[] array;

    private Bytes(byte[] array) {
        this.array = array;
    }

    /** Returns the sequence of length zero. */
    public static Bytes empty() {
        return EMPTY;
    }

    /** Returns a copy of {@code bytes}. */
    public static Bytes of(byte... bytes) {
        return bytes.length == 0 ? EMPTY : new Bytes(bytes.clone());
    }

    /** Returns {@code array} itself as bytes; the caller must not write to it afterwards. */
    public static Bytes wrap(byte[] array) {
        return array.length == 0 ? EMPTY : new Bytes(array);
    }

    /** Returns the UTF-8 form of {@code text}. */
    public static Bytes utf8(String text) {
        return wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads hexadecimal digits of either case; throws IllegalArgumentException on anything else.
     */
    public static Bytes fromHex(CharSequence hex) {
        return wrap(HexFormat.of().parseHex(hex));
    }

    /** Returns the number of bytes. */
    public int length() {
        return array.length;
    }

    /**
     * Returns the byte at {@code index}; throws IndexOutOfBoundsException outside of 0..length-1.
     */
    public byte get(int index) {
        return array[index];
    }

    /** Returns a copy of the bytes {@code from} (inclusive) to {@code to} (exclusive). */
    public Bytes slice(int from, int to) {
        return from == 0 && to == array.length ? this : wrap(Arrays.copyOfRange(array, from, to));
    }

    /** Returns a fresh array that holds these bytes. */
    public byte[] toArray() {
        return array.clone();
    }

    /** Returns a read-only buffer over these bytes, without a copy. */
    public ByteBuffer buffer() {
        return ByteBuffer.wrap(array).asReadOnlyBuffer();
    }

    /** Returns a stream over these bytes, without a copy. */
    public InputStream stream() {
        return new ByteArrayInputStream(array);
    }

    /** Feeds these bytes to {@code digest}, without a copy. */
    public void updateInto(MessageDigest digest) {
        digest.update(array);
    }

    /** Writes these bytes to {@code out}, without a copy. */
    public void writeTo(OutputStream out) throws IOException {
        out.write(array);
    }

    /** Returns these bytes read as UTF-8, malformed parts replaced by U+FFFD. */
    public String utf8() {
        return new String(array, StandardCharsets.UTF_8);
    }

    /** Returns two lower-case hexadecimal digits for each byte. */
    public String hex() {
        return HexFormat.of().formatHex(array);
    }

    /** Returns whether these bytes begin with {@code prefix}. */
    public boolean startsWith(Bytes prefix) {
        return array.length >= prefix.array.length
                && Arrays.equals(
                        array, 0, prefix.array.length, prefix.array, 0, prefix.array.length);
    }

    /** Compares in constant time for equal lengths, for secrets. */
    public boolean constantTimeEquals(Bytes other) {
        return MessageDigest.isEqual(array, other.array);
    }

    /** Returns these bytes followed by {@code next}. */
    public Bytes concat(Bytes next) {
        byte[] joined = Arrays.copyOf(array, array.length + next.array.length);
        System.arraycopy(next.array, 0, joined, array.length, next.array.length);
        return wrap(joined);
    }

    @Override
    public int compareTo(Bytes other) {
        return Arrays.compareUnsigned(array, other.array);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that && Arrays.equals(array, that.array);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(array);
    }

    /** Returns the bytes in hexadecimal, cut after 64 bytes. */
    @Override
    public String toString() {
        return array.length <= 64 ? hex() : slice(0, 64).hex() + "… (" + array.length + " bytes)";
    }
}

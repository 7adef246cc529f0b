package io.ggen.marketplace.p2p.reconcile;

import io.ggen.base.Bytes;

import java.util.Arrays;

/** Bytes that are being written and can be taken back. Not thread-safe. */
final class RangeBuffer {
    private static final int MAX_VARINT = 10;

    private byte[] array = new byte[256];
    private int size;

    int size() {
        return size;
    }

    /** Takes everything back that was written after the first {@code length} bytes. */
    void cutTo(int length) {
        size = Math.min(size, length);
    }

    void octet(int value) {
        reserve(1);
        array[size++] = (byte) value;
    }

    void bytes(Bytes value) {
        reserve(value.length());
        value.buffer().get(array, size, value.length());
        size += value.length();
    }

    /** Writes a number that is not negative: groups of 7 bits, high group first. */
    void varint(long value) {
        reserve(MAX_VARINT);
        int groups = Math.max(1, (64 - Long.numberOfLeadingZeros(value) + 6) / 7);
        for (int group = groups - 1; group >= 0; group--) {
            int more = group == 0 ? 0 : 0x80;
            array[size++] = (byte) (value >>> (7 * group) & 0x7f | more);
        }
    }

    private void reserve(int more) {
        if (size + more > array.length) {
            array = Arrays.copyOf(array, Math.max(size + more, 2 * array.length));
        }
    }

    Bytes toBytes() {
        return Bytes.wrap(Arrays.copyOf(array, size));
    }
}

package io.ggen.marketplace.p2p.reconcile;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Ids added up as little-endian numbers modulo 2^256, in any order: what a fingerprint is made of.
 * Not thread-safe.
 */
final class Sum {
    /** The length of a fingerprint in bytes. */
    static final int FINGERPRINT = 16;

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private long first;
    private long second;
    private long third;
    private long fourth;

    /** Adds the id that begins at {@code offset}. */
    void add(byte[] ids, int offset) {
        add(
                (long) LONGS.get(ids, offset),
                (long) LONGS.get(ids, offset + 8),
                (long) LONGS.get(ids, offset + 16),
                (long) LONGS.get(ids, offset + 24));
    }

    /** Adds another sum. */
    void add(Sum other) {
        add(other.first, other.second, other.third, other.fourth);
    }

    /** Takes the id that begins at {@code offset} away. */
    void subtract(byte[] ids, int offset) {
        var taken = new Sum();
        taken.add(ids, offset);
        subtract(taken);
    }

    /** Takes another sum away. */
    void subtract(Sum other) {
        add(~other.first, ~other.second, ~other.third, ~other.fourth);
        add(1, 0, 0, 0);
    }

    private void add(long a, long b, long c, long d) {
        first += a;
        long carry = Long.compareUnsigned(first, a) < 0 ? 1 : 0;
        long sum = second + b + carry;
        carry = overflowed(sum, b, carry);
        second = sum;
        sum = third + c + carry;
        carry = overflowed(sum, c, carry);
        third = sum;
        fourth += d + carry;
    }

    private static long overflowed(long sum, long part, long carry) {
        return Long.compareUnsigned(sum, part) < 0 || (carry == 1 && sum == part) ? 1 : 0;
    }

    /** Returns a copy. */
    Sum copy() {
        var copy = new Sum();
        copy.add(this);
        return copy;
    }

    /** Returns the fingerprint of the {@code count} ids in this sum. */
    Bytes fingerprint(int count) {
        var out = new RangeBuffer();
        byte[] number = new byte[Sha256.LENGTH];
        LONGS.set(number, 0, first);
        LONGS.set(number, 8, second);
        LONGS.set(number, 16, third);
        LONGS.set(number, 24, fourth);
        out.bytes(Bytes.wrap(number));
        out.varint(count);
        return Sha256.of(out.toBytes()).bytes().slice(0, FINGERPRINT);
    }
}

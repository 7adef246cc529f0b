package io.ggen.libp2p.kad;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;
import io.ggen.libp2p.key.PeerId;

import java.nio.ByteBuffer;

/**
 * Where a key lies in the space of 256 bits: its SHA-256, as four numbers from the most significant
 * on.
 *
 * @see <a
 *     href="https://github.com/libp2p/specs/blob/master/kad-dht/README.md#distance">distance</a>
 */
public record Place(long first, long second, long third, long fourth) implements Comparable<Place> {
    /** The first of all places. */
    static final Place ZERO = new Place(0, 0, 0, 0);

    /** How many bits a place has. */
    public static final int BITS = 256;

    /** Returns the place of {@code key}: the bytes of a peer id, a value's key or a multihash. */
    public static Place of(Bytes key) {
        ByteBuffer digest = Sha256.of(key).bytes().buffer();
        return new Place(digest.getLong(), digest.getLong(), digest.getLong(), digest.getLong());
    }

    /** Returns the place of {@code peer}. */
    public static Place of(PeerId peer) {
        return of(peer.multihash());
    }

    /** Returns the distance to {@code other}: the bits in which the two differ. */
    public Place distance(Place other) {
        return new Place(
                first ^ other.first,
                second ^ other.second,
                third ^ other.third,
                fourth ^ other.fourth);
    }

    /** Returns this distance as a part of the whole space, 0 to 1. */
    double fraction() {
        return (first >>> 1) / 0x1p63;
    }

    /** Returns how many leading bits the two have in common, 0 to 256. */
    public int commonPrefix(Place other) {
        return distance(other).leadingZeros();
    }

    private int leadingZeros() {
        if (first != 0) {
            return Long.numberOfLeadingZeros(first);
        }
        if (second != 0) {
            return 64 + Long.numberOfLeadingZeros(second);
        }
        return third != 0
                ? 128 + Long.numberOfLeadingZeros(third)
                : 192 + Long.numberOfLeadingZeros(fourth);
    }

    /**
     * Compares how far {@code a} and {@code b} are from this place; negative when {@code a} is
     * nearer.
     */
    public int compareDistances(Place a, Place b) {
        int order = Long.compareUnsigned(first ^ a.first, first ^ b.first);
        if (order == 0) {
            order = Long.compareUnsigned(second ^ a.second, second ^ b.second);
        }
        if (order == 0) {
            order = Long.compareUnsigned(third ^ a.third, third ^ b.third);
        }
        return order == 0 ? Long.compareUnsigned(fourth ^ a.fourth, fourth ^ b.fourth) : order;
    }

    /** Returns the first place that shares {@code bits} leading bits with this one. */
    Place first(int bits) {
        return new Place(
                first & mask(bits),
                second & mask(bits - 64),
                third & mask(bits - 128),
                fourth & mask(bits - 192));
    }

    /** Returns the last place that shares {@code bits} leading bits with this one. */
    Place last(int bits) {
        return new Place(
                first | ~mask(bits),
                second | ~mask(bits - 64),
                third | ~mask(bits - 128),
                fourth | ~mask(bits - 192));
    }

    /** Returns a word whose first {@code bits} are set, none below 0 and all from 64 on. */
    private static long mask(int bits) {
        if (bits <= 0) {
            return 0;
        }
        return bits >= Long.SIZE ? -1 : -1L << (Long.SIZE - bits);
    }

    /** Returns the place after this one; the first after the last. */
    Place next() {
        boolean carryThird = fourth == -1;
        boolean carrySecond = carryThird && third == -1;
        boolean carryFirst = carrySecond && second == -1;
        return new Place(
                first + (carryFirst ? 1 : 0),
                second + (carrySecond ? 1 : 0),
                third + (carryThird ? 1 : 0),
                fourth + 1);
    }

    /** Compares as unsigned numbers. */
    @Override
    public int compareTo(Place other) {
        return ZERO.compareDistances(this, other);
    }

    /** Returns the 32 bytes. */
    public Bytes bytes() {
        return Bytes.wrap(
                ByteBuffer.allocate(32)
                        .putLong(first)
                        .putLong(second)
                        .putLong(third)
                        .putLong(fourth)
                        .array());
    }
}

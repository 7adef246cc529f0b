package io.ggen.marketplace.core.resolve;

/** Sets of values as bits, stored in words within larger arrays. */
final class Bits {
    private Bits() {}

    static int words(int values) {
        return (values + 63) >>> 6;
    }

    /** Returns the set of all values below {@code values}. */
    static long[] all(int values) {
        long[] set = new long[words(values)];
        for (int i = 0; i < values; i++) {
            add(set, i);
        }
        return set;
    }

    static void add(long[] set, int value) {
        set[value >>> 6] |= 1L << value;
    }

    static boolean contains(long[] set, int value) {
        return (set[value >>> 6] & 1L << value) != 0;
    }

    static boolean isEmpty(long[] set) {
        for (long word : set) {
            if (word != 0) {
                return false;
            }
        }
        return true;
    }

    static int count(long[] set) {
        int count = 0;
        for (long word : set) {
            count += Long.bitCount(word);
        }
        return count;
    }

    static long[] minus(long[] one, long[] other) {
        long[] result = one.clone();
        for (int i = 0; i < result.length; i++) {
            result[i] &= ~other[i];
        }
        return result;
    }

    static long[] and(long[] one, long[] other) {
        long[] result = one.clone();
        for (int i = 0; i < result.length; i++) {
            result[i] &= other[i];
        }
        return result;
    }

    static long[] or(long[] one, long[] other) {
        long[] result = one.clone();
        for (int i = 0; i < result.length; i++) {
            result[i] |= other[i];
        }
        return result;
    }

    static boolean subset(long[] one, int at, long[] other, int otherAt, int words) {
        for (int i = 0; i < words; i++) {
            if ((one[at + i] & ~other[otherAt + i]) != 0) {
                return false;
            }
        }
        return true;
    }

    static boolean disjoint(long[] one, int at, long[] other, int otherAt, int words) {
        for (int i = 0; i < words; i++) {
            if ((one[at + i] & other[otherAt + i]) != 0) {
                return false;
            }
        }
        return true;
    }
}

package io.ggen.marketplace.core.store;

import io.ggen.base.Bytes;

import java.util.Arrays;

/**
 * A set of SHA-256 digests by their first eight bytes: half a million take 4 MB. Two digests that
 * begin alike are taken for one, which nobody can bring about in less than 2^64 tries. Filled
 * first, asked afterwards; then thread-safe.
 */
final class Digests {
    private long[] prefixes = new long[64];
    private int count;
    private boolean sorted;

    private static long prefix(Bytes digest) {
        return digest.buffer().getLong();
    }

    void add(Bytes digest) {
        if (count == prefixes.length) {
            prefixes = Arrays.copyOf(prefixes, count * 2);
        }
        prefixes[count++] = prefix(digest);
        sorted = false;
    }

    void addAll(Places places) {
        for (int i = 0; i < places.count(); i++) {
            add(places.get(i).digest());
        }
    }

    /** Returns the digests of this set, which stays as it is, and those of {@code places}. */
    Digests with(Places places) {
        var all = new Digests();
        all.prefixes = Arrays.copyOf(prefixes, Math.max(64, count + places.count()));
        all.count = count;
        all.addAll(places);
        return all.sort();
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** Ends the filling. */
    Digests sort() {
        Arrays.sort(prefixes, 0, count);
        sorted = true;
        return this;
    }

    boolean contains(Bytes digest) {
        if (!sorted) {
            throw new IllegalStateException("still being filled");
        }
        return Arrays.binarySearch(prefixes, 0, count, prefix(digest)) >= 0;
    }
}

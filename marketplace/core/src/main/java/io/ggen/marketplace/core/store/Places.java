package io.ggen.marketplace.core.store;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * Where the blocks of one content lie in one segment: packed entries of digest, offset and length.
 *
 * @param segment the segment's number
 * @param packed 44 bytes for each block
 */
public record Places(long segment, Bytes packed) {
    private static final int ENTRY = Sha256.LENGTH + Long.BYTES + Integer.BYTES;

    /** Checks the length. */
    public Places {
        if (packed.length() % ENTRY != 0) {
            throw new IllegalArgumentException("places are packed in entries of " + ENTRY);
        }
    }

    /** One block: its digest and where it lies. */
    record Place(Bytes digest, long offset, int length) {}

    int count() {
        return packed.length() / ENTRY;
    }

    Place get(int index) {
        int start = index * ENTRY;
        ByteBuffer numbers = packed.buffer().position(start + Sha256.LENGTH);
        return new Place(
                packed.slice(start, start + Sha256.LENGTH), numbers.getLong(), numbers.getInt());
    }

    /** Returns the sum of the blocks' lengths in bytes. */
    long bytes() {
        long bytes = 0;
        for (int i = 0; i < count(); i++) {
            bytes += get(i).length();
        }
        return bytes;
    }

    Map<Bytes, Place> byDigest() {
        Map<Bytes, Place> places = HashMap.newHashMap(count());
        for (int i = 0; i < count(); i++) {
            Place place = get(i);
            places.put(place.digest(), place);
        }
        return places;
    }

    /** Gathers places one after another. */
    static final class Builder {
        private ByteBuffer entries = ByteBuffer.allocate(16 * ENTRY);

        void add(byte[] digest, long offset, int length) {
            if (entries.remaining() < ENTRY) {
                entries = ByteBuffer.allocate(entries.capacity() * 2).put(entries.flip());
            }
            entries.put(digest).putLong(offset).putInt(length);
        }

        /** Adds {@code base} to the offsets of the entries from {@code first} on. */
        void shift(int first, long base) {
            for (int at = first * ENTRY + Sha256.LENGTH; at < entries.position(); at += ENTRY) {
                entries.putLong(at, entries.getLong(at) + base);
            }
        }

        int count() {
            return entries.position() / ENTRY;
        }

        Places build(long segment) {
            byte[] packed = new byte[entries.position()];
            entries.get(0, packed);
            return new Places(segment, Bytes.wrap(packed));
        }
    }
}

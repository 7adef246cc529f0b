package io.ggen.marketplace.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Which index.json an {@link OffsetTable} is of, and the table's size.
 *
 * @param boot the machine's start in which it was written; after another, index.json may be an
 *     older one
 * @param stamp of index.json
 * @param shape of index.json
 * @param applied the place in the change log up to which index.json has every change
 * @param used slots that are not free
 * @param capacity slots, a power of two
 */
record Header(
        long boot,
        Stamp stamp,
        IndexShape shape,
        ChangeLog.Place applied,
        long used,
        long capacity) {
    static final int LENGTH = 128;
    private static final long MAGIC = 0x6767656e_6f666632L;

    static Optional<Header> read(FileChannel channel) throws IOException {
        if (channel.size() < LENGTH) {
            return Optional.empty();
        }
        ByteBuffer buffer = ByteBuffer.wrap(FileBytes.read(channel, 0, LENGTH));
        if (buffer.getLong() != MAGIC) {
            return Optional.empty();
        }
        long boot = buffer.getLong();
        Stamp stamp = new Stamp(buffer.getLong(), buffer.getLong(), buffer.getLong());
        IndexShape shape =
                new IndexShape(
                        buffer.getLong(),
                        (int) buffer.getLong(),
                        buffer.getLong(),
                        buffer.getLong(),
                        buffer.getLong());
        ChangeLog.Place applied = new ChangeLog.Place(buffer.getLong(), buffer.getLong());
        long used = buffer.getLong();
        long capacity = buffer.getLong();
        boolean whole = buffer.getLong(LENGTH - Long.BYTES) == sum(buffer.array());
        return whole && Long.bitCount(capacity) == 1 && capacity >= 8
                ? Optional.of(new Header(boot, stamp, shape, applied, used, capacity))
                : Optional.empty();
    }

    byte[] encode() {
        ByteBuffer buffer = ByteBuffer.allocate(LENGTH);
        buffer.putLong(MAGIC).putLong(boot);
        buffer.putLong(stamp.size()).putLong(stamp.modified()).putLong(stamp.key());
        buffer.putLong(shape.updatedAt()).putLong(shape.updatedAtWidth()).putLong(shape.end());
        buffer.putLong(shape.members()).putLong(shape.blanked());
        buffer.putLong(applied.generation()).putLong(applied.offset());
        buffer.putLong(used).putLong(capacity);
        buffer.putLong(LENGTH - Long.BYTES, sum(buffer.array()));
        return buffer.array();
    }

    /** Tells a header that was written half, over another, from a whole one. */
    private static long sum(byte[] header) {
        return Fnv.hash(new String(header, 0, LENGTH - Long.BYTES, StandardCharsets.ISO_8859_1));
    }

    Header withTable(long nextUsed, long nextCapacity) {
        return new Header(boot, stamp, shape, applied, nextUsed, nextCapacity);
    }

    Header withIndex(Stamp nextStamp, IndexShape nextShape, ChangeLog.Place nextApplied) {
        return new Header(boot, nextStamp, nextShape, nextApplied, used, capacity);
    }

    static Header of(long boot, Stamp stamp, IndexShape shape, ChangeLog.Place applied) {
        return new Header(boot, stamp, shape, applied, 0, 0);
    }
}

package io.ggen.marketplace.file;

import io.ggen.base.Bytes;
import io.ggen.base.DurableFiles;
import io.ggen.marketplace.file.OffsetTable.Entry;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Writes index.json whole: what stands around the packages stays as it was, the packages follow one
 * to a line.
 */
final class IndexRewrite {
    private static final int BUFFER = 1 << 20;
    private static final Bytes FIRST = Bytes.utf8("\n");
    private static final Bytes NEXT = Bytes.utf8(",\n");

    private final Layout layout;
    private final IndexScan.Found base;
    private final List<Entry> entries = new ArrayList<>();
    private byte[] buffer = new byte[BUFFER];
    private int filled;
    private long written;
    private long members;

    IndexRewrite(Layout layout, IndexScan.Found base) {
        this.layout = layout;
        this.base = base;
    }

    /** A package to be written. */
    record Member(String id, Bytes value, boolean signedOnly) {}

    /** Replaces index.json and its table; returns the table, open for writing. */
    OffsetTable write(List<Member> packages, String now, long boot, ChangeLog.Place applied)
            throws IOException {
        Path temporary = layout.temporaryIndex();
        try {
            IndexShape shape = writeTo(temporary, packages, now);
            Stamp stamp = Stamp.of(temporary);
            DurableFiles.moveAtomically(temporary, layout.index());
            return OffsetTable.create(
                    layout.offsets(), entries, Header.of(boot, stamp, shape, applied));
        } catch (IOException e) {
            Files.deleteIfExists(temporary);
            throw e;
        }
    }

    private IndexShape writeTo(Path temporary, List<Member> packages, String now)
            throws IOException {
        Bytes text = base.text();
        try (FileChannel channel = FileChannel.open(temporary, Splicer.OVERWRITE)) {
            put(channel, text.slice(0, (int) base.open()));
            for (IndexScan.Range other : base.others()) {
                separate(channel);
                put(channel, text.slice((int) other.start(), (int) other.end()));
            }
            for (Member member : packages) {
                separate(channel);
                long start = written;
                Bytes bytes = OffsetTable.member(member.id(), member.value());
                put(channel, bytes);
                entries.add(new Entry(member.id(), start, bytes.length(), member.signedOnly()));
            }
            long end = written;
            put(channel, text.slice((int) base.shape().end(), text.length()));
            flush(channel);
            IndexShape old = base.shape();
            IndexShape shape =
                    new IndexShape(old.updatedAt(), old.updatedAtWidth(), end, members, 0);
            if (old.updatedAt() < base.open()) {
                Splicer.writeTime(channel, shape, now);
                return shape;
            }
            return new IndexShape(-1, 0, end, members, 0);
        }
    }

    private void separate(FileChannel channel) throws IOException {
        put(channel, members++ == 0 ? FIRST : NEXT);
    }

    private void put(FileChannel channel, Bytes bytes) throws IOException {
        if (filled + bytes.length() > buffer.length) {
            flush(channel);
        }
        if (bytes.length() > buffer.length) {
            buffer = new byte[bytes.length()];
        }
        bytes.buffer().get(buffer, filled, bytes.length());
        filled += bytes.length();
        written += bytes.length();
    }

    private void flush(FileChannel channel) throws IOException {
        byte[] part = Arrays.copyOf(buffer, filled);
        FileBytes.write(channel, part, written - filled);
        filled = 0;
    }
}

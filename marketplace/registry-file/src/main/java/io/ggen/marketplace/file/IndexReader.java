package io.ggen.marketplace.file;

import io.ggen.base.Bytes;
import io.ggen.marketplace.model.PackageId;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Reads single members of index.json through its table. */
final class IndexReader {
    private IndexReader() {}

    /** Returns what index.json says of {@code id}; the table is of that very file. */
    static Optional<Bytes> value(Layout layout, OffsetTable table, String id) throws IOException {
        try (FileChannel index = FileChannel.open(layout.index(), StandardOpenOption.READ)) {
            Optional<OffsetTable.Place> place = table.find(id, index);
            if (place.isEmpty()) {
                return Optional.empty();
            }
            OffsetTable.Entry entry = place.get().entry();
            byte[] member = FileBytes.read(index, entry.start(), entry.length());
            return Optional.of(IndexScan.value(Bytes.wrap(member), id));
        }
    }

    /** What a look without the lock gives. */
    sealed interface Look {
        /** There is nothing in index.json that is not in the folders too. */
        record Nothing() implements Look {}

        /** This is the package's entry. */
        record Value(Bytes text) implements Look {}

        /** Somebody else wrote index.json, or is writing: the lock is needed to know. */
        record Unsure() implements Look {}
    }

    /** Looks for versions of {@code id} that have no signed record; takes no lock. */
    static Look look(Layout layout, PackageId id) throws IOException {
        Stamp stamp = Stamp.of(layout.index());
        Optional<OffsetTable> opened = OffsetTable.open(layout.offsets(), StandardOpenOption.READ);
        if (stamp.isAbsent()) {
            close(opened);
            return Files.exists(layout.folder(id)) ? new Look.Unsure() : new Look.Nothing();
        }
        if (opened.isEmpty()) {
            return new Look.Unsure();
        }
        try (OffsetTable table = opened.get()) {
            if (!table.header().stamp().is(stamp)) {
                return new Look.Unsure();
            }
            if (table.isSignedOnly(id.text())) {
                return new Look.Nothing();
            }
            Optional<Bytes> value = value(layout, table, id.text());
            boolean steady = Stamp.of(layout.index()).is(stamp);
            return value.isPresent() && steady
                    ? new Look.Value(value.get())
                    : steady ? new Look.Nothing() : new Look.Unsure();
        }
    }

    private static void close(Optional<OffsetTable> table) throws IOException {
        if (table.isPresent()) {
            table.get().close();
        }
    }

    /** Returns whether the table is of this very index.json, with every change up to a place. */
    static boolean isAgreed(Layout layout, ChangeLog.Place place) throws IOException {
        Stamp stamp = Stamp.of(layout.index());
        Optional<OffsetTable> table = OffsetTable.open(layout.offsets(), StandardOpenOption.READ);
        close(table);
        return table.isPresent()
                && table.get().header().stamp().is(stamp)
                && table.get().header().applied().is(place)
                && table.get().header().boot() == Boot.current();
    }
}

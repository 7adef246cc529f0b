package io.ggen.marketplace.file;

import io.ggen.base.Bytes;
import io.ggen.marketplace.model.PackageId;

import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * index.json read whole and kept in memory while it stays the same file: for a registry that may be
 * read but not written, where no table can be made. Thread-safe.
 */
final class WholeIndex {
    private final Layout layout;
    private Stamp stamp = Stamp.ABSENT;
    private Map<String, Bytes> values = Map.of();

    WholeIndex(Layout layout) {
        this.layout = layout;
    }

    /** Returns the entry of {@code id}. */
    synchronized Optional<UnsignedEntry> entry(PackageId id) throws IOException {
        Stamp now = Stamp.of(layout.index());
        if (now.isAbsent()) {
            return Optional.empty();
        }
        if (!now.is(stamp)) {
            Bytes text = Bytes.wrap(Files.readAllBytes(layout.index()));
            Map<String, Bytes> read = new HashMap<>();
            for (OffsetTable.Entry entry : IndexScan.scan(text).entries()) {
                read.put(entry.id(), IndexScan.value(text, entry));
            }
            values = read;
            stamp = now;
        }
        return Optional.ofNullable(values.get(id.text())).map(it -> UnsignedEntry.read(id, it));
    }
}

package io.ggen.marketplace.file;

import io.ggen.marketplace.core.Skeleton;
import io.ggen.marketplace.model.PackageId;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks for ids that could be taken for another: one probe for each way to mistake it. */
final class Alike {
    private final Layout layout;
    private final WriteLock.Work<Boolean> agree;

    /**
     * Makes one for a registry.
     *
     * @param agree brings the table into agreement with index.json
     */
    Alike(Layout layout, WriteLock.Work<Boolean> agree) {
        this.layout = layout;
        this.agree = agree;
    }

    List<PackageId> to(PackageId id, int most) throws IOException {
        Optional<OffsetTable> opened = table();
        if (opened.isEmpty()) {
            return List.of();
        }
        try (OffsetTable table = opened.get();
                FileChannel index = FileChannel.open(layout.index(), StandardOpenOption.READ)) {
            List<PackageId> found = new ArrayList<>();
            for (Skeleton near : Skeleton.of(id).neighbours()) {
                for (PackageId other : table.alike(near, index)) {
                    if (found.size() < most && !other.equals(id) && !Skeleton.isSeries(id, other)) {
                        found.add(other);
                    }
                }
            }
            return found;
        }
    }

    private Optional<OffsetTable> table() throws IOException {
        Stamp stamp = Stamp.of(layout.index());
        Optional<OffsetTable> table = OffsetTable.open(layout.offsets(), StandardOpenOption.READ);
        if (table.isPresent() && table.get().header().stamp().is(stamp)) {
            return table;
        }
        if (table.isPresent()) {
            table.get().close();
        }
        if (stamp.isAbsent() && !Files.exists(layout.root())) {
            return Optional.empty();
        }
        agree.run();
        return OffsetTable.open(layout.offsets(), StandardOpenOption.READ);
    }
}

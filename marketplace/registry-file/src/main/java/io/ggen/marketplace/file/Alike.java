package io.ggen.marketplace.file;

import io.ggen.marketplace.core.Skeleton;
import io.ggen.marketplace.model.PackageId;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
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
            Skeleton skeleton = Skeleton.of(id);
            List<PackageId> found = table.alike(skeleton.neighbours(), index);
            found.removeIf(other -> other.equals(id) || Skeleton.isSeries(id, other));
            if (found.size() > 1) {
                found.sort((one, other) -> order(skeleton, one, other));
            }
            return List.copyOf(found.subList(0, Math.min(most, found.size())));
        }
    }

    /** The same skeleton before another, then by name. */
    private static int order(Skeleton skeleton, PackageId one, PackageId other) {
        boolean first = Skeleton.of(one).equals(skeleton);
        return first == Skeleton.of(other).equals(skeleton) ? one.compareTo(other) : first ? -1 : 1;
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

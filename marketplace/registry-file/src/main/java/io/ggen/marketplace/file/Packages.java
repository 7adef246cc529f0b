package io.ggen.marketplace.file;

import io.ggen.marketplace.core.VersionListing;
import io.ggen.marketplace.file.Folders.VersionFolder;
import io.ggen.marketplace.model.Did;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.Version;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What the registry has of each id, the most recently used ones kept in memory: a kept one counts
 * only while its folder and index.json carry the times that they had. Thread-safe.
 */
final class Packages {
    /** How old a time must be for two changes at one tick of the file system to be told apart. */
    private static final long TICK = TimeUnit.MILLISECONDS.toNanos(50);

    private final Layout layout;
    private final Folders folders;
    private final Records records;
    private final InstantSource clock;
    private final Map<PackageId, Kept> cache;

    Packages(Layout layout, int capacity, InstantSource clock) {
        this.layout = layout;
        this.clock = clock;
        folders = new Folders(layout);
        records = new Records(layout);
        cache = new Recent(capacity);
    }

    private record Kept(Stamp folder, Stamp index, PackageState state) {}

    /** Forgets the least recently used beyond its capacity. */
    private static final class Recent extends LinkedHashMap<PackageId, Kept> {
        private final int capacity;

        Recent(int capacity) {
            super(16, 0.75f, true);
            this.capacity = capacity;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<PackageId, Kept> eldest) {
            return size() > capacity;
        }
    }

    /** Tells what stands in index.json alone. */
    @FunctionalInterface
    interface Unsigned {
        Optional<UnsignedEntry> entry(PackageId id) throws IOException;
    }

    /** Returns what is there of {@code id}, from memory where that still holds. */
    PackageState state(PackageId id, Unsigned unsigned) throws IOException {
        Stamp folder = Stamp.of(layout.folder(id));
        Stamp index = Stamp.of(layout.index());
        synchronized (cache) {
            Kept kept = cache.get(id);
            if (kept != null && kept.folder.is(folder) && kept.index.is(index)) {
                return kept.state;
            }
        }
        PackageState state = load(id, unsigned.entry(id));
        if (isSettled(folder) && isSettled(index)) {
            synchronized (cache) {
                cache.put(id, new Kept(folder, index, state.settled()));
            }
        }
        return state;
    }

    private boolean isSettled(Stamp stamp) {
        return TimeUnit.MILLISECONDS.toNanos(clock.millis()) - stamp.modified() > TICK;
    }

    /** Reads what is there of {@code id} from the disk. */
    PackageState load(PackageId id, Optional<UnsignedEntry> entry) throws IOException {
        List<VersionFolder> found = folders.versions(id);
        Optional<PackageState.Signed> signed = signed(id, found);
        Optional<Did> owner =
                signed.isPresent()
                        ? Optional.of(signed.get().envelope().signer())
                        : formerOwner(id, found);
        List<VersionListing> versions = new ArrayList<>();
        List<Version> spokenFor = new ArrayList<>();
        for (VersionFolder folder : found) {
            switch (folder.state()) {
                case SIGNED -> {
                    versions.add(new VersionListing(folder.version(), owner, folder.yanked()));
                    spokenFor.add(folder.version());
                }
                case REMOVED -> spokenFor.add(folder.version());
                case UNSIGNED, NOTHING -> {}
            }
        }
        boolean onlyThere = false;
        if (entry.isPresent()) {
            for (Version version : entry.get().versions()) {
                if (!spokenFor.contains(version)) {
                    versions.add(new VersionListing(version, Optional.empty(), false));
                    onlyThere = true;
                }
            }
        }
        if (versions.size() > 1) {
            versions.sort((one, other) -> one.version().compareTo(other.version()));
        }
        return new PackageState(owner, versions, onlyThere ? entry : Optional.empty(), signed);
    }

    /** Reads the record of the newest signed version: likely the one that is asked for next. */
    private Optional<PackageState.Signed> signed(PackageId id, List<VersionFolder> found)
            throws IOException {
        Optional<Version> newest = Optional.empty();
        for (VersionFolder folder : found) {
            if (folder.state() == Folders.State.SIGNED
                    && (newest.isEmpty() || folder.version().compareTo(newest.get()) > 0)) {
                newest = Optional.of(folder.version());
            }
        }
        return newest.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new PackageState.Signed(newest.get(), records.envelope(id, newest.get())));
    }

    private Optional<Did> formerOwner(PackageId id, List<VersionFolder> found) throws IOException {
        for (VersionFolder folder : found) {
            if (folder.state() == Folders.State.REMOVED) {
                Optional<Did> publisher =
                        records.removed(id, folder.version()).flatMap(Records.Removed::publisher);
                if (publisher.isPresent()) {
                    return publisher;
                }
            }
        }
        return Optional.empty();
    }
}

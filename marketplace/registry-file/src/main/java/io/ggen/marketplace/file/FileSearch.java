package io.ggen.marketplace.file;

import io.ggen.base.Bytes;
import io.ggen.marketplace.core.Listing;
import io.ggen.marketplace.core.RegistryContext;
import io.ggen.marketplace.core.SearchResults;
import io.ggen.marketplace.core.VersionListing;
import io.ggen.marketplace.core.search.IndexUse;
import io.ggen.marketplace.core.search.SearchChanges;
import io.ggen.marketplace.core.search.SearchDocument;
import io.ggen.marketplace.core.search.SearchIndex;
import io.ggen.marketplace.core.search.SearchSource;
import io.ggen.marketplace.model.About;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.PackageRef;
import io.ggen.marketplace.model.Query;
import io.ggen.marketplace.model.Release;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The full-text index of a file registry, and what it is derived from: the folders, and the entries
 * of index.json that nobody signed. Thread-safe.
 */
final class FileSearch implements SearchSource, AutoCloseable {
    private final Layout layout;
    private final Path directory;
    private final Packages packages;
    private final Records records;
    private final ChangeLog log;
    private final WriteLock.Work<Boolean> agree;
    private final Packages.Unsigned unsigned;
    private @Nullable SearchIndex index;

    FileSearch(
            RegistryContext context,
            Layout layout,
            WriteLock.Work<Boolean> agree,
            Packages.Unsigned unsigned) {
        this.unsigned = unsigned;
        this.layout = layout;
        this.agree = agree;
        String location = layout.root().toAbsolutePath().normalize().toString();
        directory = context.home().index().resolve(HexFormat.of().toHexDigits(Fnv.hash(location)));
        packages = new Packages(layout, 0, context.clock());
        records = new Records(layout);
        log = new ChangeLog(layout.changes(), context.clock());
    }

    SearchResults search(Query query) {
        SearchIndex open = index();
        open.refresh(this);
        return open.search(query);
    }

    private synchronized SearchIndex index() {
        if (index == null) {
            index = SearchIndex.open(directory, IndexUse.COMMAND);
        }
        return index;
    }

    /** Returns the place in the change log, once index.json is known to be as the log says. */
    @Override
    public String stamp() {
        try {
            if (!IndexReader.isAgreed(layout, log.end()) && !canAgree()) {
                Stamp index = Stamp.of(layout.index());
                return "read-only " + index.size() + " " + index.modified() + " " + log.end();
            }
            ChangeLog.Place place = log.end();
            return place.generation() + "." + place.offset();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + layout.changes(), e);
        }
    }

    /** Brings index.json and the log into agreement, where the registry may be written. */
    private boolean canAgree() {
        try {
            return agree.run();
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public Optional<SearchChanges> changesSince(String stamp) {
        try {
            return switch (log.since(place(stamp))) {
                case ChangeLog.Changes.Everything everything -> Optional.empty();
                case ChangeLog.Changes.Some some -> Optional.of(changes(some.ids()));
            };
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + layout.changes(), e);
        }
    }

    private static ChangeLog.Place place(String stamp) {
        int dot = stamp.indexOf('.');
        try {
            return new ChangeLog.Place(
                    Long.parseLong(stamp, 0, Math.max(0, dot), 10),
                    Long.parseLong(stamp, dot + 1, stamp.length(), 10));
        } catch (NumberFormatException e) {
            return ChangeLog.Place.NONE;
        }
    }

    private SearchChanges changes(Iterable<PackageId> ids) throws IOException {
        List<PackageRef> removed = new ArrayList<>();
        List<SearchDocument> added = new ArrayList<>();
        for (PackageId id : ids) {
            PackageState state = packages.load(id, unsigned.entry(id));
            removed.add(PackageRef.of(id));
            state.owner().ifPresent(it -> removed.add(PackageRef.of(id, it)));
            document(id, state).ifPresent(added::add);
        }
        return new SearchChanges(removed, added);
    }

    @Override
    public Iterator<SearchDocument> documents() {
        try {
            TreeSet<PackageId> ids = new TreeSet<>(new Folders(layout).ids());
            if (Files.exists(layout.index())) {
                Bytes text = Bytes.wrap(Files.readAllBytes(layout.index()));
                IndexScan.scan(text).entries().forEach(it -> Names.id(it.id()).ifPresent(ids::add));
            }
            return new Documents(ids.iterator());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + layout.root(), e);
        }
    }

    /** Makes one document after the other; packages without a version to show have none. */
    private final class Documents implements Iterator<SearchDocument> {
        private final Iterator<PackageId> ids;
        private Optional<SearchDocument> next = Optional.empty();

        Documents(Iterator<PackageId> ids) {
            this.ids = ids;
        }

        @Override
        public boolean hasNext() {
            try {
                while (next.isEmpty() && ids.hasNext()) {
                    PackageId id = ids.next();
                    next = document(id, packages.load(id, unsigned.entry(id)));
                }
                return next.isPresent();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read the packages of " + layout.root(), e);
            }
        }

        @Override
        public SearchDocument next() {
            if (!hasNext()) {
                throw new java.util.NoSuchElementException("no more packages");
            }
            SearchDocument document = next.orElseThrow();
            next = Optional.empty();
            return document;
        }
    }

    private Optional<SearchDocument> document(PackageId id, PackageState state) throws IOException {
        Optional<VersionListing> newest = VersionListing.newest(state.versions());
        if (newest.isEmpty()) {
            return Optional.empty();
        }
        if (newest.get().publisher().isEmpty()) {
            UnsignedEntry entry = state.unsigned().orElseThrow();
            Instant published = entry.publishedAt(newest.get().version());
            return Optional.of(document(id, newest.get(), entry.about(), published));
        }
        Listing listing = records.listing(id, newest.get().version());
        Release release = listing.release();
        return Optional.of(document(id, newest.get(), release.about(), release.publishedAt()));
    }

    private static SearchDocument document(
            PackageId id, VersionListing newest, About about, Instant publishedAt) {
        return new SearchDocument(
                id,
                newest.version(),
                newest.publisher(),
                about.description(),
                about.title(),
                about.categories(),
                about.tags(),
                about.keywords(),
                0,
                publishedAt,
                Records.SOURCE);
    }

    @Override
    public synchronized void close() {
        if (index != null) {
            index.close();
        }
    }
}

package io.ggen.marketplace.file;

import io.ggen.base.Bytes;
import io.ggen.content.ArchivePolicy;
import io.ggen.content.GzipInput;
import io.ggen.marketplace.core.Listing;
import io.ggen.marketplace.core.PackageSource;
import io.ggen.marketplace.core.Publication;
import io.ggen.marketplace.core.Registry;
import io.ggen.marketplace.core.RegistryContext;
import io.ggen.marketplace.core.RegistryMetadata;
import io.ggen.marketplace.core.SearchResults;
import io.ggen.marketplace.core.VersionListing;
import io.ggen.marketplace.file.Admission.Candidate;
import io.ggen.marketplace.file.Folders.State;
import io.ggen.marketplace.model.Did;
import io.ggen.marketplace.model.Envelope;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.PackageRef;
import io.ggen.marketplace.model.Query;
import io.ggen.marketplace.model.Release;
import io.ggen.marketplace.model.ReleaseVerifier;
import io.ggen.marketplace.model.Version;
import io.ggen.marketplace.model.Yank;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A directory as a registry. The truth is one folder for each version, durable before publishing
 * returns; index.json is spliced for the old program. Thread-safe, and safe among processes; every
 * method blocks on I/O. A crash at any point is mended by the next operation.
 */
public final class FileRegistry implements Registry {
    /** Content over this many bytes is held against the free space before it is written. */
    private static final long LARGE = 8L << 20;

    private final RegistryContext context;
    private final Layout layout;
    private final WriteLock lock;
    private final IndexKeeper keeper;
    private final Packages packages;
    private final Records records;
    private final OldArchives old;
    private final Admission admission;
    private final Removal removal;
    private final WholeIndex whole;
    private final FileSearch search;
    private final Alike alike;

    /** Opens the registry in {@code context.location()}; touches no disk yet. */
    public FileRegistry(RegistryContext context) {
        this.context = context;
        layout = new Layout(context.location());
        lock = new WriteLock(layout, context.patience(), context.progress());
        keeper = new IndexKeeper(layout, context.clock(), context.progress());
        packages = new Packages(layout, context.cacheCapacity(), context.clock());
        records = new Records(layout);
        old = new OldArchives(layout);
        admission = new Admission(layout, keeper, packages, old);
        removal = new Removal(layout, keeper, context.clock());
        whole = new WholeIndex(layout);
        search = new FileSearch(context, layout, this::agree, this::unsigned);
        alike = new Alike(layout, this::agree);
    }

    @Override
    public SearchResults search(Query query) {
        return attempt("search", () -> search.search(query));
    }

    @Override
    public Optional<Listing> getPackage(PackageRef ref) {
        return attempt(
                "read " + ref,
                () -> {
                    PackageState state = state(ref.id());
                    Optional<VersionListing> newest =
                            VersionListing.newest(state.versionsOf(ref.publisher()));
                    return newest.isEmpty()
                            ? Optional.empty()
                            : Optional.of(listing(ref.id(), newest.get(), state));
                });
    }

    @Override
    public Optional<Listing> getPackageVersion(PackageRef ref, Version version) {
        return attempt(
                "read " + ref + "@" + version,
                () -> {
                    PackageState state = state(ref.id());
                    for (VersionListing listing : state.versionsOf(ref.publisher())) {
                        if (listing.version().equals(version)) {
                            return Optional.of(listing(ref.id(), listing, state));
                        }
                    }
                    return Optional.empty();
                });
    }

    @Override
    public List<VersionListing> listVersions(PackageRef ref) {
        return attempt("list " + ref, () -> state(ref.id()).versionsOf(ref.publisher()));
    }

    @Override
    public boolean exists(PackageRef ref) {
        return !listVersions(ref).isEmpty();
    }

    @Override
    public List<PackageId> similar(PackageId id, int most) {
        return attempt("look for names like " + id, () -> alike.to(id, most));
    }

    @Override
    public List<PackageId> beginning(String prefix, int most) {
        return attempt(
                "list names",
                () -> new Folders(layout).beginning(prefix).stream().limit(most).toList());
    }

    private Listing listing(PackageId id, VersionListing listing, PackageState state)
            throws IOException {
        if (listing.publisher().isPresent()) {
            Optional<Envelope> read = state.record(listing.version());
            return read.isPresent()
                    ? records.listing(id, listing.version(), read.get())
                    : records.listing(id, listing.version());
        }
        Release release = old.release(unsigned(id, listing.version(), state));
        return new Listing(release, Optional.empty(), Optional.empty(), Records.SOURCE);
    }

    private static OldArchives.Unsigned unsigned(
            PackageId id, Version version, PackageState state) {
        UnsignedEntry entry =
                state.unsigned()
                        .filter(it -> it.has(version))
                        .orElseThrow(() ->
                                Removal.notFound(id, version, "is not in the registry any more"));
        return new OldArchives.Unsigned(id, version, entry);
    }

    private PackageState state(PackageId id) throws IOException {
        return packages.state(id, this::unsigned);
    }

    private Optional<UnsignedEntry> unsigned(PackageId id) throws IOException {
        IndexReader.Look look = IndexReader.look(layout, id); // no pattern switch, for its start
        if (look instanceof IndexReader.Look.Value value) {
            return Optional.of(UnsignedEntry.read(id, value.text()));
        }
        return look instanceof IndexReader.Look.Nothing ? Optional.empty() : agreed(id);
    }

    private Optional<UnsignedEntry> agreed(PackageId id) throws IOException {
        try {
            return lock.alone(() -> {
                try (OffsetTable table = keeper.open()) {
                    return keeper.value(table, id).map(it -> UnsignedEntry.read(id, it));
                }
            });
        } catch (IOException e) {
            return whole.entry(id); // it may be read, though not written
        }
    }

    @Override
    public Publication publish(Envelope envelope, PackageSource content) {
        Candidate candidate = new Candidate(ReleaseVerifier.release(envelope), envelope);
        return attempt("publish " + candidate, () -> publish(candidate, content));
    }

    private Publication publish(Candidate candidate, PackageSource content) throws IOException {
        Release release = candidate.release();
        prepare();
        if (new Folders(layout).version(release.id(), release.version()).state() == State.SIGNED) {
            Optional<Publication> there = lock.alone(() -> decide(candidate));
            if (there.isPresent()) {
                return there.get();
            }
        }
        checkSpace(candidate);
        try (Staging staging = Staging.begin(layout, release)) {
            EntryText entry = staging.fill(candidate.envelope(), content);
            return lock.alone(() -> admit(candidate, staging, entry));
        }
    }

    private Optional<Publication> decide(Candidate candidate) throws IOException {
        try (OffsetTable table = keeper.open()) {
            return admission.decide(candidate, table);
        }
    }

    private Publication admit(Candidate candidate, Staging staging, EntryText entry)
            throws IOException {
        Staging.sweep(layout);
        try (OffsetTable table = keeper.open()) {
            Optional<Publication> there = admission.decide(candidate, table);
            if (there.isPresent()) {
                return there.get();
            }
            admission.admit(candidate, staging, entry, table);
        }
        return new Publication(
                new Listing(
                        candidate.release(),
                        Optional.of(candidate.envelope()),
                        Optional.empty(),
                        Records.SOURCE),
                true);
    }

    private void prepare() throws IOException {
        if (!Files.exists(layout.root())) {
            Files.createDirectories(layout.root());
            context.progress().say("there was no registry at " + layout.root() + ": made one");
        }
    }

    private void checkSpace(Candidate candidate) {
        long required = 2 * candidate.release().content().sizeBytes();
        if (required > LARGE && StorageFailure.available(layout.root()) < required) {
            throw StorageFailure.full(
                    "cannot publish " + candidate + " in " + layout.root() + ": ",
                    layout.root(),
                    required);
        }
    }

    @Override
    public void yank(Envelope envelope) {
        Yank yank = ReleaseVerifier.yank(envelope);
        attempt(
                "yank " + yank.id() + "@" + yank.version(),
                () -> lock.alone(() -> removal.yank(yank, envelope, admission)));
    }

    @Override
    public void delete(PackageRef ref, Version version) {
        attempt(
                "unpublish " + ref + "@" + version,
                () -> lock.alone(() -> removal.delete(ref, version)));
    }

    @Override
    public int rebuildIndex() {
        return attempt("rebuild index.json", () -> lock.alone(keeper::rebuild));
    }

    /** Brings index.json and what is derived from it into agreement, where they are not. */
    private boolean agree() throws IOException {
        return lock.alone(() -> {
            keeper.open().close();
            return true;
        });
    }

    @Override
    public long lastSequence(Did publisher, String chain) {
        return attempt("look for a chain", () -> new ChainLedger(layout).last(publisher, chain));
    }

    @Override
    public RegistryMetadata metadata() {
        OptionalLong count = OptionalLong.empty();
        try {
            Optional<OffsetTable> table =
                    OffsetTable.open(layout.offsets(), StandardOpenOption.READ);
            if (table.isPresent()) {
                count = OptionalLong.of(table.get().header().shape().members());
                table.get().close();
            }
        } catch (IOException e) {
            count = OptionalLong.empty();
        }
        return new RegistryMetadata(Records.SOURCE, layout.root().toString(), count);
    }

    @Override
    public InputStream open(Listing listing) {
        Release release = listing.release();
        return attempt(
                "open " + release.id() + "@" + release.version(),
                () -> {
                    if (listing.envelope().isEmpty()) {
                        PackageState state = state(release.id());
                        return old.open(unsigned(release.id(), release.version(), state));
                    }
                    checkEntry(release);
                    // The checksum of package.json is for the old program. Here the signed record
                    // decides: whoever reads compares the SHA-256 of the tar that comes out, and
                    // GzipInput takes one member alone with nothing after it, so that a changed
                    // archive either fails or holds the same bytes.
                    Path archive = layout.archive(release.id(), release.version());
                    return new GzipInput(Files.newInputStream(archive), ArchivePolicy.standard());
                });
    }

    /** Holds package.json against the signed record, which wins: disagreement is refused. */
    private void checkEntry(Release release) throws IOException {
        Path file = layout.folder(release.id(), release.version()).resolve(Layout.PACKAGE);
        if (Files.exists(file)
                && EntryText.parse(Bytes.wrap(Files.readAllBytes(file)))
                        .filter(it -> it.isOf(release.id(), release.version()))
                        .isEmpty()) {
            throw Records.refused(file + " is not of the signed release beside it");
        }
    }

    private <T> T attempt(String what, WriteLock.Work<T> work) {
        try {
            return work.run();
        } catch (IOException | java.io.UncheckedIOException e) {
            throw StorageFailure.of(what, layout.root(), e);
        }
    }

    @Override
    public void close() {
        search.close();
    }
}

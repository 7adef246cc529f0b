package io.ggen.marketplace.core.store;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;
import io.ggen.content.BlockSource;
import io.ggen.marketplace.model.Did;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.PackageRef;
import io.ggen.marketplace.model.Version;
import io.ggen.multiformats.Cid;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The blocks and contents of one home, safe between processes and threads. Opens its database when
 * it is first asked something. Every block is verified when it is read: wrong bytes are reported,
 * forgotten and never handed on. Blocks on I/O and throws IOException where the disk fails.
 */
public final class BlockStore implements BlockSource, AutoCloseable {

    private final Path root;
    private final Consumer<String> damage;
    private final Segments segments;
    private @Nullable StoreIndex index;
    private @Nullable Thread warming;

    /**
     * Opens the store below {@code root}; touches no disk yet.
     *
     * @param damage hears of every block that was found to be wrong
     */
    public BlockStore(Path root, Consumer<String> damage) {
        this.root = root;
        this.damage = damage;
        this.segments = new Segments(root.resolve("segments"));
    }

    synchronized StoreIndex index() throws IOException {
        if (index == null) {
            index = StoreIndex.open(root.resolve("index.db"));
        }
        return index;
    }

    Segments segments() {
        return segments;
    }

    /** Opens the database in a thread of its own, for callers that do something else meanwhile. */
    public synchronized void warm() {
        if (warming == null && index == null) {
            warming = Thread.ofPlatform().daemon().name("store").start(this::openQuietly);
        }
    }

    private void openQuietly() {
        try {
            index();
        } catch (IOException | RuntimeException e) {
            System.getLogger(BlockStore.class.getName())
                    .log(System.Logger.Level.DEBUG, "the store opens when it is needed", e);
        }
    }

    /** Begins a session that adds to this store. */
    public StoreWriter writer() {
        return new StoreWriter(this);
    }

    /** Returns a block that is what its CID says, or empty. */
    @Override
    public Optional<Bytes> get(Cid cid) throws IOException {
        Bytes hash = cid.hash().digest();
        Optional<StoreIndex.Location> found = index().locate(hash);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        StoreIndex.Location at = found.get();
        Optional<Bytes> block = segments.read(at.segment(), at.offset(), at.length());
        if (block.isPresent() && Sha256.of(block.get()).bytes().equals(hash)) {
            return block;
        }
        index().drop(hash, at);
        damage.accept(
                "a stored block is "
                        + (block.isPresent() ? "damaged" : "missing")
                        + " and was dropped: "
                        + cid);
        return Optional.empty();
    }

    /**
     * Says that a content is not whole any more, as when a block of it was damaged: whoever fetches
     * it again finds what is sound of it with {@link #get}.
     */
    public void forget(Sha256 content) throws IOException {
        index().transaction(db ->
                StoreIndex.update(db, "DELETE FROM content WHERE sha256 = ?", content.bytes()));
    }

    /** Returns those of {@code wanted}, canonical tars' digests, whose content is complete here. */
    public Map<Sha256, StoredContent> contents(Collection<Sha256> wanted) throws IOException {
        return index().contents(wanted);
    }

    /**
     * Returns the blocks of {@code content}, read together where they are few, for one thread. They
     * are not verified here: {@link io.ggen.content.UnixFsWalk} does, so each is hashed once.
     */
    public BlockSource blocks(StoredContent content) {
        return new ContentBlocks(this, content.places());
    }

    /** Returns the envelope of a release that was verified when it was admitted. */
    public Optional<Bytes> envelope(PackageId id, Version version, Did publisher, Sha256 sha256)
            throws IOException {
        return index()
                .query(
                        "SELECT envelope FROM release WHERE id = ? AND version = ? AND publisher = ?"
                                + " AND sha256 = ?",
                        row -> Bytes.wrap(row.getBytes(1)),
                        id,
                        version,
                        publisher,
                        sha256.bytes())
                .stream()
                .findFirst();
    }

    /** Returns every release that was admitted with its content. */
    public List<StoredRelease> releases(Collection<Sha256> contents) throws IOException {
        var json = new JsonRows();
        contents.forEach(sha256 -> json.row().hex(sha256.bytes()));
        return releases(
                "SELECT publisher, id, version, sha256, envelope FROM release WHERE sha256 IN"
                        + " (SELECT unhex(value ->> 0) FROM json_each(?))",
                json);
    }

    /** Returns every release that was admitted under these names, whatever its content is. */
    public List<StoredRelease> releases(Map<PackageRef, Version> named) throws IOException {
        var json = new JsonRows();
        named.forEach((ref, version) ->
                json.row()
                        .text(ref.id().text())
                        .text(version.toString())
                        .text(ref.publisher().map(Did::text).orElse("")));
        return releases(
                "SELECT publisher, release.id, version, sha256, envelope FROM json_each(?) AS name"
                        + " CROSS JOIN release WHERE release.id = name.value ->> 0 AND"
                        + " version = name.value ->> 1 AND publisher = name.value ->> 2",
                json);
    }

    private List<StoredRelease> releases(String select, JsonRows wanted) throws IOException {
        Map<String, Did> publishers = new HashMap<>(); // few, for many releases
        return index().query(
                        select,
                        row ->
                                new StoredRelease(
                                        publishers.computeIfAbsent(row.getString(1), Did::new),
                                        new PackageId(row.getString(2)),
                                        Version.parse(row.getString(3)),
                                        new Sha256(Bytes.wrap(row.getBytes(4))),
                                        Bytes.wrap(row.getBytes(5))),
                        wanted.text());
    }

    /** Returns the lockfiles that were registered, whether they are still there or not. */
    public List<Path> roots() throws IOException {
        return index().query("SELECT path FROM root", row -> root.resolve(row.getString(1)));
    }

    boolean knowsRoots(List<String> paths) throws IOException {
        for (String path : paths) {
            if (index().query("SELECT 1 FROM root WHERE path = ?", row -> 1, path).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /** Returns when this home first saw a version: {@code now} where it is the first time. */
    public Instant firstSeen(String publisher, PackageId id, Version version, Instant now)
            throws IOException {
        String select = "SELECT at FROM seen WHERE publisher = ? AND id = ? AND version = ?";
        List<Long> known = index().query(select, row -> row.getLong(1), publisher, id, version);
        if (!known.isEmpty()) {
            return Instant.ofEpochSecond(known.getFirst());
        }
        index().transaction(db ->
                StoreIndex.update(
                        db,
                        "INSERT OR IGNORE INTO seen VALUES (?, ?, ?, ?)",
                        publisher,
                        id,
                        version,
                        now.getEpochSecond()));
        return now;
    }

    /** Returns what is kept for its own sake, whatever is installed. */
    public Holds holds() {
        return new Holds(this);
    }

    /** Returns how many bytes of the disk the blocks take, those that nobody needs included. */
    public long usedBytes() throws IOException {
        long used = 0;
        for (long segment : segments.list()) {
            used += segments.size(segment);
        }
        return used;
    }

    /**
     * Takes away every content but those of {@code keep} and what is held, parts that are a day
     * old, and the tails that crashes left. Works in small steps: others that read and write
     * meanwhile wait for one of these at most.
     */
    public Swept sweep(Collection<Sha256> keep, Instant now) throws IOException {
        return new Sweep(this, keep).run(now);
    }

    @Override
    public void close() throws IOException {
        Thread begun;
        synchronized (this) {
            begun = warming;
            warming = null;
        }
        join(begun);
        closeAll();
    }

    private static void join(@Nullable Thread thread) {
        try {
            if (thread != null) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void closeAll() throws IOException {
        segments.close();
        if (index != null) {
            index.close();
            index = null;
        }
    }
}

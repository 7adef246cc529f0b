package io.ggen.marketplace.core.store;

import io.ggen.base.Bytes;
import io.ggen.base.DurableFiles;
import io.ggen.multiformats.Cid;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One command's writing to the store: blocks go to a segment of its own, {@link #commit} makes them
 * durable and known in one step. Closed without commit, it leaves nothing but the parts that were
 * kept. Thread-safe.
 */
public final class StoreWriter implements AutoCloseable {
    private final BlockStore store;
    private final List<StoredContent> contents = new ArrayList<>();
    private final List<StoredRelease> releases = new ArrayList<>();
    private final List<Path> roots = new ArrayList<>();
    private Segments.@Nullable Writing segment;
    private long end;
    private boolean durable;

    StoreWriter(BlockStore store) {
        this.store = store;
    }

    /** Returns a writer for the blocks of one more content. */
    public ContentWriter content() {
        return new ContentWriter(this);
    }

    synchronized void keep(StoredContent content) {
        contents.add(content);
    }

    /** Registers a verified release with its content. */
    public synchronized void keep(StoredRelease release) {
        releases.add(release);
    }

    /** Registers a lockfile: what it names is kept when the store is cleaned. */
    public synchronized void root(Path lockfile) {
        roots.add(lockfile);
    }

    synchronized long append(ByteBuffer blocks) throws IOException {
        var writing = writing();
        long start = end;
        while (blocks.hasRemaining()) {
            end += writing.channel().write(blocks, end);
        }
        return start;
    }

    private Segments.Writing writing() throws IOException {
        if (segment == null) {
            segment = store.segments().create();
        }
        return segment;
    }

    synchronized long segment() throws IOException {
        return writing().number();
    }

    synchronized Optional<Bytes> read(long offset, int length) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(length);
        var channel = writing().channel();
        while (block.hasRemaining()) {
            if (channel.read(block, offset + block.position()) < 0) {
                return Optional.empty();
            }
        }
        return Optional.of(Bytes.wrap(block.array()));
    }

    /** Forces blocks of a content that is not whole yet, and registers them as a part of it. */
    synchronized void keepPart(Cid root, Places places, Instant now) throws IOException {
        force();
        store.index()
                .transaction(db -> {
                    StoreIndex.insertBlocks(db, places);
                    StoreIndex.update(
                            db,
                            "INSERT OR REPLACE INTO part VALUES (?, ?, ?, ?)",
                            root,
                            places.segment(),
                            now.getEpochSecond(),
                            places.packed());
                });
        durable = true;
    }

    private void force() throws IOException {
        if (segment != null) {
            segment.channel().force(true);
            DurableFiles.forceDirectory(store.segments().folder());
        }
    }

    /** Forces the blocks to the disk, then registers everything kept, in one transaction. */
    public synchronized void commit() throws IOException {
        force();
        List<String> paths = new ArrayList<>();
        roots.forEach(root -> paths.add(root.toAbsolutePath().normalize().toString()));
        if (!contents.isEmpty() || !releases.isEmpty() || !store.knowsRoots(paths)) {
            register(paths);
        }
        durable = true;
        close();
    }

    private void register(List<String> paths) throws IOException {
        store.index()
                .transaction(db -> {
                    StoreIndex.insert(db, contents);
                    StoreIndex.insertReleases(db, releases);
                    for (String path : paths) {
                        StoreIndex.update(db, "INSERT OR IGNORE INTO root VALUES (?)", path);
                    }
                });
    }

    @Override
    public synchronized void close() throws IOException {
        if (segment == null) {
            return;
        }
        var writing = segment;
        segment = null;
        try (writing) {
            if (!durable) {
                Files.deleteIfExists(writing.file());
            }
        }
    }
}

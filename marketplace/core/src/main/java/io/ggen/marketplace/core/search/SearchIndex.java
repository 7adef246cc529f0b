package io.ggen.marketplace.core.search;

import io.ggen.marketplace.core.SearchResults;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.model.Query;

import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.Lock;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.store.NIOFSDirectory;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The full-text index of one registry. Derived: its directory may be deleted, damaged or locked by
 * another process at any time, and {@link #refresh} mends it or answers from memory. Thread-safe;
 * all methods block on I/O.
 *
 * <p>{@link #refresh} comes before the first {@link #search}.
 */
public final class SearchIndex implements AutoCloseable {
    private final Path path;
    private final IndexUse use;
    private @Nullable Directory directory;
    private volatile @Nullable Snapshot current;
    private volatile @Nullable SearchSource source;

    private SearchIndex(Path path, IndexUse use) {
        this.path = path;
        this.use = use;
    }

    /** Opens the index in {@code directory}, which need not exist; touches no disk yet. */
    public static SearchIndex open(Path directory, IndexUse use) {
        return new SearchIndex(directory, use);
    }

    /** Opens an empty index in memory, which ends with it. */
    public static SearchIndex inMemory() {
        var index = new SearchIndex(Path.of("memory"), IndexUse.SERVICE);
        index.directory = new ByteBuffersDirectory();
        return index;
    }

    /**
     * Brings the index to the state of {@code source}: cheap where the stamps agree. Keeps the
     * source, to build anew should a search meet a damaged file.
     */
    public void refresh(SearchSource source) {
        this.source = source;
        String wanted = source.stamp();
        Snapshot known = current;
        if (known == null || !known.stamp().equals(wanted)) {
            bringTo(source, wanted);
        }
    }

    private synchronized void bringTo(SearchSource source, String wanted) {
        try {
            if (isAt(wanted) || (reopen() && isAt(wanted))) {
                return;
            }
            if (!updated(source, wanted)) {
                rebuild(source, wanted);
            }
        } catch (MarketplaceException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            buildInMemory(source, wanted, e);
        }
    }

    private boolean isAt(String stamp) {
        Snapshot known = current;
        return known != null && known.stamp().equals(stamp);
    }

    /** Takes what is on the disk; false where nothing sound is there. */
    private boolean reopen() {
        try {
            replace(Snapshot.open(directory(), current));
            return true;
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    private boolean updated(SearchSource source, String wanted) throws IOException {
        Snapshot known = current;
        if (known == null) {
            return false;
        }
        Optional<SearchChanges> changes = source.changesSince(known.stamp());
        return changes.isPresent() && apply(known.stamp(), wanted, changes.get());
    }

    private boolean apply(String from, String to, SearchChanges changes) throws IOException {
        return IndexWriting.update(directory(), from, to, changes) && reopen() && isAt(to);
    }

    private void rebuild(SearchSource source, String wanted) throws IOException {
        try {
            IndexWriting.rebuild(directory(), wanted, source);
        } catch (IOException | IllegalArgumentException e) {
            purge();
            IndexWriting.rebuild(directory(), wanted, source);
        }
        replace(Snapshot.open(directory(), null));
    }

    /** Deletes every file, unless another process is writing. */
    private void purge() throws IOException {
        Directory files = directory();
        try (Lock lock = files.obtainLock(IndexWriter.WRITE_LOCK_NAME)) {
            for (String file : files.listAll()) {
                lock.ensureValid();
                if (!file.equals(IndexWriter.WRITE_LOCK_NAME)) {
                    files.deleteFile(file);
                }
            }
        }
    }

    private void buildInMemory(SearchSource source, String wanted, Exception cause) {
        try {
            Directory memory = new ByteBuffersDirectory();
            IndexWriting.rebuild(memory, wanted, source);
            replace(Snapshot.open(memory, null));
        } catch (IOException e) {
            e.addSuppressed(cause);
            throw broken(e);
        }
    }

    private void replace(Snapshot next) throws IOException {
        Snapshot old = current;
        current = next;
        if (old != null) {
            old.release();
        }
    }

    private Directory directory() throws IOException {
        Directory known = directory;
        if (known == null) {
            known = use == IndexUse.COMMAND ? new NIOFSDirectory(path) : new MMapDirectory(path);
            directory = known;
        }
        return known;
    }

    /**
     * Applies {@code changes} that lead from the state {@code from} to {@code to}, searchable on
     * return. Where the index is not at {@code from} nothing happens and the next {@link #refresh}
     * catches up.
     *
     * @return whether the index is at {@code to} now
     */
    public synchronized boolean update(String from, String to, SearchChanges changes) {
        try {
            return (isAt(from) || (reopen() && isAt(from))) && apply(from, to, changes);
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Returns the packages that match {@code query}, best first: the exact id, then by words in
     * names, tags, descriptions; among equals the more popular, the newer, the lower id. An empty
     * text matches everything. The total is exact.
     */
    public SearchResults search(Query query) {
        try {
            return searchOnce(query);
        } catch (IOException | RuntimeException e) {
            return searchMended(query, e);
        }
    }

    private SearchResults searchOnce(Query query) throws IOException {
        Snapshot snapshot = acquired();
        try {
            return Searching.search(snapshot, query);
        } finally {
            snapshot.release();
        }
    }

    private Snapshot acquired() {
        while (true) {
            Snapshot snapshot = current;
            if (snapshot == null) {
                throw new IllegalStateException("refresh comes before search, or it is closed");
            }
            if (snapshot.acquire()) {
                return snapshot;
            }
        }
    }

    private SearchResults searchMended(Query query, Exception cause) {
        SearchSource known = source;
        if (known == null) {
            throw new IllegalStateException("refresh comes before search", cause);
        }
        try {
            synchronized (this) {
                buildInMemory(known, known.stamp(), cause);
            }
            return searchOnce(query);
        } catch (IOException e) {
            throw broken(e);
        }
    }

    private MarketplaceException broken(Exception cause) {
        return new MarketplaceException(
                        ErrorCode.STORAGE,
                        "cannot search with the index in " + path + ": " + cause.getMessage(),
                        "the index is derived: delete that folder and search again")
                .causedBy(cause);
    }

    @Override
    public synchronized void close() {
        Snapshot last = current;
        Directory files = directory;
        current = null;
        source = null;
        try (files) {
            if (last != null) {
                last.release();
            }
        } catch (IOException e) {
            throw broken(e);
        }
    }
}

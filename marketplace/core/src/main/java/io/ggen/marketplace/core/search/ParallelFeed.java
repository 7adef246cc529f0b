package io.ggen.marketplace.core.search;

import org.apache.lucene.index.IndexWriter;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Feeds documents to a writer, on several threads where there are many. The documents are read in
 * batches by one thread at a time. The first failure stops all.
 */
final class ParallelFeed {
    private static final int BATCH = 500;

    /** A smaller index opens faster for having one segment. */
    private static final int WORTH_A_THREAD = 20_000;

    private static final int MOST_THREADS = 4;

    private final IndexWriter writer;
    private final Iterator<SearchDocument> documents;
    private @Nullable Throwable failure;

    ParallelFeed(IndexWriter writer, Iterator<SearchDocument> documents) {
        this.writer = writer;
        this.documents = documents;
    }

    /** Returns when every document is in the writer. */
    void run() throws IOException {
        List<SearchDocument> first = batch(WORTH_A_THREAD);
        List<Thread> helpers = first.size() < WORTH_A_THREAD ? List.of() : startHelpers();
        add(first);
        for (Thread helper : helpers) {
            join(helper);
        }
        report();
    }

    private List<Thread> startHelpers() {
        int count = Math.min(Runtime.getRuntime().availableProcessors(), MOST_THREADS) - 1;
        List<Thread> helpers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            helpers.add(
                    Thread.ofPlatform().daemon().name("index-" + i).start(() -> add(List.of())));
        }
        return helpers;
    }

    private void add(List<SearchDocument> first) {
        try {
            DocumentFields fields = new DocumentFields();
            List<SearchDocument> batch = first.isEmpty() ? batch(BATCH) : first;
            while (!batch.isEmpty()) {
                for (SearchDocument document : batch) {
                    writer.addDocument(fields.of(document));
                }
                batch = batch(BATCH);
            }
        } catch (IOException | RuntimeException | Error e) {
            fail(e);
        }
    }

    private synchronized List<SearchDocument> batch(int size) {
        List<SearchDocument> batch = new ArrayList<>(size);
        while (failure == null && batch.size() < size && documents.hasNext()) {
            batch.add(documents.next());
        }
        return batch;
    }

    private synchronized void fail(Throwable cause) {
        if (failure == null) {
            failure = cause;
        }
    }

    private void join(Thread helper) {
        try {
            helper.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail(new IOException("interrupted while an index was built", e));
        }
    }

    private synchronized void report() throws IOException {
        switch (failure) {
            case null -> {}
            case IOException e -> throw e;
            case UncheckedIOException e -> throw e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new IOException(e);
        }
    }
}

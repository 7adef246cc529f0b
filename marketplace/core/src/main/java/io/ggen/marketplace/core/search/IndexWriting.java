package io.ggen.marketplace.core.search;

import io.ggen.marketplace.model.PackageRef;

import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.IndexWriterConfig.OpenMode;
import org.apache.lucene.index.NoMergePolicy;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.store.Directory;

import java.io.IOException;
import java.util.Map;
import java.util.Objects;

/** Writes whole indexes and changes to them; each is one commit, so readers see all or nothing. */
final class IndexWriting {
    /** Changes with every change of the fields: an index of another format is built anew. */
    static final String FORMAT = "2";

    static final String FORMAT_KEY = "format";
    static final String STAMP_KEY = "stamp";

    private static final double LARGEST_BUFFER = 160;
    private static final double SEGMENTS_PER_TIER = 4;
    private static final double FLOOR_MEGABYTES = 0.25;

    private IndexWriting() {}

    /** Replaces whatever {@code directory} holds by the documents of {@code source}. */
    static void rebuild(Directory directory, String stamp, SearchSource source) throws IOException {
        IndexWriterConfig config = config(OpenMode.CREATE).setMergePolicy(NoMergePolicy.INSTANCE);
        try (IndexWriter writer = new IndexWriter(directory, config)) {
            try {
                new ParallelFeed(writer, source.documents()).run();
                commit(writer, stamp);
            } catch (IOException | RuntimeException e) {
                writer.rollback();
                throw e;
            }
        }
    }

    /**
     * Applies {@code changes} to the index at stamp {@code from}.
     *
     * @return false when the index is at another stamp by now
     */
    static boolean update(Directory directory, String from, String to, SearchChanges changes)
            throws IOException {
        IndexWriterConfig config = config(OpenMode.APPEND).setMergePolicy(fewSegments());
        try (IndexWriter writer = new IndexWriter(directory, config)) {
            try {
                if (!Objects.equals(from, stamp(writer.getLiveCommitData()))) {
                    return false;
                }
                apply(writer, changes);
                commit(writer, to);
                return true;
            } catch (IOException | RuntimeException e) {
                writer.rollback();
                throw e;
            }
        }
    }

    /** Many small changes leave few small segments, which every later command has to open. */
    private static TieredMergePolicy fewSegments() {
        TieredMergePolicy policy = new TieredMergePolicy();
        policy.setSegmentsPerTier(SEGMENTS_PER_TIER);
        policy.setFloorSegmentMB(FLOOR_MEGABYTES);
        return policy;
    }

    private static String stamp(Iterable<Map.Entry<String, String>> commitData) {
        for (Map.Entry<String, String> entry : commitData) {
            if (entry.getKey().equals(STAMP_KEY)) {
                return entry.getValue();
            }
        }
        return "";
    }

    private static void apply(IndexWriter writer, SearchChanges changes) throws IOException {
        for (PackageRef removed : changes.removed()) {
            writer.deleteDocuments(DocumentFields.keyTerm(removed.id(), removed.publisher()));
        }
        DocumentFields fields = new DocumentFields();
        for (SearchDocument added : changes.added()) {
            writer.updateDocument(
                    DocumentFields.keyTerm(added.id(), added.publisher()), fields.of(added));
        }
    }

    private static void commit(IndexWriter writer, String stamp) throws IOException {
        writer.setLiveCommitData(Map.of(FORMAT_KEY, FORMAT, STAMP_KEY, stamp).entrySet());
        writer.commit();
    }

    private static IndexWriterConfig config(OpenMode mode) {
        double megabytes = Runtime.getRuntime().maxMemory() / (6.0 * 1024 * 1024);
        IndexWriterConfig config = new IndexWriterConfig(null);
        config.setOpenMode(mode)
                .setSimilarity(new Relevance())
                .setMergeScheduler(new SerialMergeScheduler())
                .setCommitOnClose(false)
                .setRAMBufferSizeMB(Math.clamp(megabytes, 8, LARGEST_BUFFER));
        return config;
    }
}

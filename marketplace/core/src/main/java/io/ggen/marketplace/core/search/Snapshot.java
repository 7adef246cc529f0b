package io.ggen.marketplace.core.search;

import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.store.Directory;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The index at one commit. Counts who uses it: opened with one user, closed with the last.
 *
 * @param stamp the state of the source that this was made from
 */
record Snapshot(DirectoryReader reader, List<Segment> segments, String stamp) {
    /**
     * Opens the newest commit; reads every byte that {@code previous} has not, to be sure of it.
     */
    static Snapshot open(Directory directory, @Nullable Snapshot previous) throws IOException {
        DirectoryReader reader = reader(directory, previous);
        try {
            Map<String, String> data = reader.getIndexCommit().getUserData();
            String stamp = data.get(IndexWriting.STAMP_KEY);
            if (!IndexWriting.FORMAT.equals(data.get(IndexWriting.FORMAT_KEY)) || stamp == null) {
                throw new IOException("an index of another format");
            }
            List<Segment> segments = new ArrayList<>();
            for (LeafReaderContext leaf : reader.leaves()) {
                segments.add(Segment.of(leaf, previous));
            }
            return new Snapshot(reader, List.copyOf(segments), stamp);
        } catch (IOException | RuntimeException e) {
            reader.close();
            throw e;
        }
    }

    private static DirectoryReader reader(Directory directory, @Nullable Snapshot previous)
            throws IOException {
        if (previous == null || !previous.reader.directory().equals(directory)) {
            return DirectoryReader.open(directory);
        }
        DirectoryReader changed = DirectoryReader.openIfChanged(previous.reader);
        if (changed == null) {
            previous.reader.incRef();
            return previous.reader;
        }
        return changed;
    }

    boolean acquire() {
        return reader.tryIncRef();
    }

    void release() throws IOException {
        reader.decRef();
    }

    int size() {
        return reader.numDocs();
    }
}

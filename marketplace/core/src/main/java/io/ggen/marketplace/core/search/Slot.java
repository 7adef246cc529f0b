package io.ggen.marketplace.core.search;

import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * One word of a query with what may stand for it.
 *
 * @param lowest the place in a document that is good enough, 0 for any
 */
record Slot(String word, List<Alternative> alternatives, int lowest) {
    /**
     * Words that stand together for a query's word.
     *
     * @param factor what part of the word's weight they earn
     * @param documents about how many documents have them
     */
    record Alternative(List<BytesRef> words, float factor, long documents) {
        static Alternative of(BytesRef word, float factor, long documents) {
            return new Alternative(List.of(word), factor, documents);
        }
    }

    /** Returns this slot with {@code more} alternatives. */
    Slot with(List<Alternative> more) {
        List<Alternative> all = new ArrayList<>(alternatives);
        all.addAll(more);
        return new Slot(word, all, lowest);
    }

    /** Returns about how many documents match. */
    long documents() {
        long sum = 0;
        for (Alternative alternative : alternatives) {
            sum += alternative.documents();
        }
        return sum;
    }

    /** Returns the matches in {@code segment}, each earning {@code weight}, or null for none. */
    @Nullable Cursor cursor(Segment segment, float weight) throws IOException {
        List<Cursor> cursors = new ArrayList<>(alternatives.size());
        for (Alternative alternative : alternatives) {
            Cursor cursor = cursor(segment, alternative, weight);
            if (cursor != null) {
                cursors.add(cursor);
            }
        }
        return cursors.isEmpty() ? null : AnyCursor.best(cursors);
    }

    private @Nullable Cursor cursor(Segment segment, Alternative alternative, float weight)
            throws IOException {
        List<Cursor> together = new ArrayList<>(alternative.words().size());
        for (BytesRef word : alternative.words()) {
            PostingsEnum postings = segment.postings(DocumentFields.WORD, word);
            if (postings == null) {
                return null;
            }
            together.add(
                    new TermCursor(
                            postings,
                            weight * alternative.factor() / alternative.words().size(),
                            alternative.factor(),
                            lowest));
        }
        return together.size() == 1 ? together.getFirst() : new AllCursor(together);
    }
}

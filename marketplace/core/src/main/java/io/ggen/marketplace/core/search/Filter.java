package io.ggen.marketplace.core.search;

import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.StringHelper;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A condition that earns nothing: {@code field} has one of {@code values}.
 *
 * @param prefix whether values may go on after what is given
 */
record Filter(String field, List<String> values, boolean prefix) {
    private static final int MOST_TERMS = 100;
    private static final String DID_KEY = "did:key:";

    static Filter oneOf(String field, List<String> values) {
        return new Filter(field, values, false);
    }

    /** Returns the condition of {@code publisher:text}, the start of a DID or of its key. */
    static Filter publisher(String text) {
        String did = text.startsWith(DID_KEY) ? text : DID_KEY + text;
        return new Filter(DocumentFields.PUBLISHER, List.of(did), true);
    }

    /** Returns the matches in {@code segment}, or null for none. */
    @Nullable Cursor cursor(Segment segment) throws IOException {
        List<Cursor> cursors = new ArrayList<>();
        for (String value : values) {
            BytesRef term = new BytesRef(DocumentFields.normalized(field, value));
            if (prefix) {
                addPrefixed(segment, term, cursors);
            } else {
                add(segment.postings(field, term), cursors);
            }
        }
        return cursors.isEmpty() ? null : AnyCursor.best(cursors);
    }

    private void addPrefixed(Segment segment, BytesRef start, List<Cursor> into)
            throws IOException {
        TermsEnum terms = segment.terms(field);
        if (terms == null || terms.seekCeil(start) == TermsEnum.SeekStatus.END) {
            return;
        }
        BytesRef term = terms.term();
        while (term != null && StringHelper.startsWith(term, start) && into.size() < MOST_TERMS) {
            add(terms.postings(null, PostingsEnum.NONE), into);
            term = terms.next();
        }
    }

    private static void add(@Nullable PostingsEnum postings, List<Cursor> into) {
        if (postings != null) {
            into.add(new TermCursor(postings, 0, 0, 0));
        }
    }
}

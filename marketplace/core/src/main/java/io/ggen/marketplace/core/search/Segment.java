package io.ggen.marketplace.core.search;

import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.SegmentReader;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;

/** One segment of the index, with the list of its words once that was needed. Thread-safe. */
final class Segment {
    private final LeafReader reader;
    private final Object core;
    private final AtomicReference<@Nullable WordList> words;

    private Segment(LeafReader reader, Object core, AtomicReference<@Nullable WordList> words) {
        this.reader = reader;
        this.core = core;
        this.words = words;
    }

    /** Wraps {@code leaf}; reads it once for its checksums, unless {@code previous} had it. */
    static Segment of(LeafReaderContext leaf, @Nullable Snapshot previous) throws IOException {
        Object core = leaf.reader().getCoreCacheHelper().getKey();
        if (previous != null) {
            for (Segment known : previous.segments()) {
                if (known.core.equals(core)) {
                    return new Segment(leaf.reader(), core, known.words);
                }
            }
        }
        Checksums.verify((SegmentReader) leaf.reader());
        return new Segment(leaf.reader(), core, new AtomicReference<>());
    }

    LeafReader reader() {
        return reader;
    }

    /** Returns every word of the segment; reads them on first use. */
    WordList words() throws IOException {
        WordList known = words.get();
        if (known == null) {
            known = WordList.read(reader.terms(DocumentFields.WORD));
            words.set(known);
        }
        return known;
    }

    /** Returns the terms of {@code field}, or null where no document has any. */
    @Nullable TermsEnum terms(String field) throws IOException {
        Terms terms = reader.terms(field);
        return terms == null ? null : terms.iterator();
    }

    /** Returns the documents with {@code term}, or null where there are none. */
    @Nullable PostingsEnum postings(String field, BytesRef term) throws IOException {
        TermsEnum terms = terms(field);
        boolean withPlaces = field.equals(DocumentFields.WORD);
        return terms == null || !terms.seekExact(term)
                ? null
                : terms.postings(null, withPlaces ? PostingsEnum.FREQS : PostingsEnum.NONE);
    }
}

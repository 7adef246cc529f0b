package io.ggen.marketplace.core.search;

import io.ggen.marketplace.core.search.Slot.Alternative;

import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.StringHelper;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The words of a whole snapshot: how frequent they are and what else may have been meant. */
final class Vocabulary {
    private static final float PREFIX = 0.7f;
    private static final float COMPOUND = 0.8f;
    private static final float ONE_EDIT = 0.4f;
    private static final float TWO_EDITS = 0.3f;
    private static final int MOST_ALTERNATIVES = 16;
    private static final int MOST_PREFIXED = 500;
    private static final int SHORTEST_PREFIX = 2;
    private static final int SHORTEST_HALF = 3;

    private final List<Segment> segments;

    Vocabulary(List<Segment> segments) {
        this.segments = segments;
    }

    /** Returns how many documents have {@code word}, deleted ones too. */
    long documents(BytesRef word) throws IOException {
        long sum = 0;
        for (Segment segment : segments) {
            TermsEnum terms = segment.terms(DocumentFields.WORD);
            if (terms != null && terms.seekExact(word)) {
                sum += terms.docFreq();
            }
        }
        return sum;
    }

    /**
     * Returns the most frequent longer words that begin with {@code word}; the less is missing, the
     * better.
     */
    List<Alternative> beginningWith(String word) throws IOException {
        Map<BytesRef, Found> found = new HashMap<>();
        BytesRef start = new BytesRef(word);
        if (word.length() >= SHORTEST_PREFIX) {
            for (Segment segment : segments) {
                collectPrefixed(segment, start, found);
            }
        }
        return best(found, start.length);
    }

    private static void collectPrefixed(Segment segment, BytesRef start, Map<BytesRef, Found> into)
            throws IOException {
        TermsEnum terms = segment.terms(DocumentFields.WORD);
        if (terms == null || terms.seekCeil(start) == TermsEnum.SeekStatus.END) {
            return;
        }
        BytesRef term = terms.term();
        int seen = 0;
        while (term != null && StringHelper.startsWith(term, start) && seen++ < MOST_PREFIXED) {
            if (term.length > start.length) {
                add(into, term, 0, terms.docFreq());
            }
            term = terms.next();
        }
    }

    /** Returns words written like {@code word}: 1 edit from 4 bytes on, 2 from 8 bytes on. */
    List<Alternative> similarTo(String word) throws IOException {
        BytesRef bytes = new BytesRef(word);
        Map<BytesRef, Found> found = new HashMap<>();
        int distance = bytes.length >= 8 ? 2 : 1;
        if (bytes.length >= 4 && bytes.length <= WordList.LONGEST) {
            for (Segment segment : segments) {
                segment.words()
                        .similar(
                                bytes,
                                distance,
                                (term, edits, documents) -> {
                                    if (edits > 0) {
                                        add(found, term, edits, documents);
                                    }
                                });
            }
        }
        return best(found, bytes.length);
    }

    /** Returns the two words that {@code word} is made of where both occur: reactnative. */
    List<Alternative> compound(String word) throws IOException {
        List<Alternative> best = List.of();
        long most = 0;
        for (int cut = SHORTEST_HALF; cut <= word.length() - SHORTEST_HALF; cut++) {
            BytesRef left = new BytesRef(word.substring(0, cut));
            BytesRef right = new BytesRef(word.substring(cut));
            long frequency = documents(left);
            frequency = frequency <= most ? 0 : Math.min(frequency, documents(right));
            if (frequency > most) {
                most = frequency;
                best = List.of(new Alternative(List.of(left, right), COMPOUND, frequency));
            }
        }
        return best;
    }

    /** Returns {@code word} where it occurs, for two words of the query written as one. */
    List<Alternative> joined(String word) throws IOException {
        BytesRef bytes = new BytesRef(word);
        long documents = documents(bytes);
        return documents == 0 ? List.of() : List.of(Alternative.of(bytes, COMPOUND, documents));
    }

    private static void add(Map<BytesRef, Found> into, BytesRef word, int edits, int documents) {
        Found known = into.get(word);
        if (known == null) {
            BytesRef kept = BytesRef.deepCopyOf(word);
            into.put(kept, new Found(kept, edits, documents));
        } else {
            known.documents += documents;
        }
    }

    private static List<Alternative> best(Map<BytesRef, Found> found, int length) {
        List<Found> sorted = new ArrayList<>(found.values());
        Collections.sort(sorted);
        List<Alternative> best = new ArrayList<>();
        for (Found word : sorted.subList(0, Math.min(MOST_ALTERNATIVES, sorted.size()))) {
            best.add(Alternative.of(word.bytes, word.factor(length), word.documents));
        }
        return best;
    }

    private static final class Found implements Comparable<Found> {
        private final BytesRef bytes;
        private final int edits;
        private long documents;

        private Found(BytesRef bytes, int edits, long documents) {
            this.bytes = bytes;
            this.edits = edits;
            this.documents = documents;
        }

        @Override
        public int compareTo(Found other) {
            int order = Integer.compare(edits, other.edits);
            order = order != 0 ? order : Long.compare(other.documents, documents);
            return order != 0 ? order : bytes.compareTo(other.bytes);
        }

        private float factor(int length) {
            return switch (edits) {
                case 0 -> PREFIX * length / bytes.length;
                case 1 -> ONE_EDIT;
                default -> TWO_EDITS;
            };
        }
    }
}

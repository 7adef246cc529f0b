package io.ggen.marketplace.core.search;

import io.ggen.marketplace.core.SearchResults;

import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.StringHelper;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * One run through an index: every document that the filters and every slot (or any slot) match is
 * counted, the best are kept.
 */
final class Matching {
    /** More than any other score can be. */
    private static final float EXACT_ID = 10_000;

    private final Snapshot snapshot;
    private final List<Filter> filters;
    private final List<Slot> slots;
    private final boolean anySlot;
    private final TopHits top;
    private final @Nullable FacetCounts facets;
    private long total;

    private Matching(Snapshot snapshot, Request request, List<Slot> slots, boolean anySlot) {
        this.snapshot = snapshot;
        this.filters = request.filters();
        this.slots = slots;
        this.anySlot = anySlot;
        this.top = new TopHits(request.limit());
        this.facets = request.facets() ? new FacetCounts() : null;
    }

    /**
     * What stays the same however the words are read.
     *
     * @param id the documents with this id come first
     */
    record Request(String id, List<Filter> filters, int limit, boolean facets) {}

    /** Runs once over all segments. */
    static Matching run(Snapshot snapshot, Request request, List<Slot> slots, boolean anySlot)
            throws IOException {
        Matching matching = new Matching(snapshot, request, slots, anySlot);
        for (Segment segment : snapshot.segments()) {
            Cursor root = matching.root(segment);
            if (root != null) {
                matching.collect(segment.reader(), root, exact(segment, request.id()));
            }
        }
        return matching;
    }

    long total() {
        return total;
    }

    SearchResults results() throws IOException {
        return new SearchResults(
                top.hits(),
                total,
                false,
                facets == null ? Map.of() : facets.categories(),
                facets == null ? Map.of() : facets.tags());
    }

    private @Nullable Cursor root(Segment segment) throws IOException {
        List<Cursor> all = new ArrayList<>();
        for (Filter filter : filters) {
            all.add(filter.cursor(segment));
        }
        List<Cursor> words = new ArrayList<>();
        float rarities = 0;
        for (Slot slot : slots) {
            rarities += rarity(slot);
        }
        for (Slot slot : slots) {
            words.add(slot.cursor(segment, rarity(slot) / rarities));
        }
        if (anySlot) {
            words.removeIf(cursor -> cursor == null);
            all.add(words.isEmpty() ? null : AnyCursor.sum(words));
        } else {
            all.addAll(words);
        }
        if (all.contains(null)) {
            return null;
        }
        return switch (all.size()) {
            case 0 -> new EveryCursor(segment.reader().maxDoc());
            case 1 -> all.getFirst();
            default -> new AllCursor(all);
        };
    }

    private void collect(LeafReader reader, Cursor root, int[] exact) throws IOException {
        Bits live = reader.getLiveDocs();
        NumericDocValues norms = reader.getNormValues(DocumentFields.WORD);
        BinaryDocValues rows =
                facets == null ? null : reader.getBinaryDocValues(DocumentFields.ROW);
        TopHits.Door door = top.door(reader);
        for (int document = root.next(); document != Cursor.END; document = root.next()) {
            if (live == null || live.get(document)) {
                total++;
                float score = score(root, norms);
                door.offer(document, isIn(exact, document) ? score + EXACT_ID : score);
                if (facets != null && rows != null && rows.advanceExact(document)) {
                    facets.add(rows.binaryValue());
                }
            }
        }
    }

    private float rarity(Slot slot) {
        return Relevance.rarity(slot.documents(), snapshot.size());
    }

    private static float score(Cursor root, NumericDocValues norms) throws IOException {
        float tier = root.tier();
        if (tier == Relevance.NO_TIER) {
            return 0;
        }
        boolean known = norms.advanceExact(root.document);
        return tier + root.score() * (known ? Relevance.length(norms.longValue()) : 1);
    }

    private static boolean isIn(int[] documents, int document) {
        for (int other : documents) {
            if (other == document) {
                return true;
            }
        }
        return false;
    }

    /** Returns the documents of {@code id}, one for each publisher. */
    private static int[] exact(Segment segment, String id) throws IOException {
        int[] documents = new int[0];
        TermsEnum keys = id.isEmpty() ? null : segment.terms(DocumentFields.KEY);
        BytesRef start = new BytesRef(id.concat("\0"));
        if (keys == null || keys.seekCeil(start) == TermsEnum.SeekStatus.END) {
            return documents;
        }
        BytesRef key = keys.term();
        while (key != null && StringHelper.startsWith(key, start)) {
            PostingsEnum postings = keys.postings(null, PostingsEnum.NONE);
            for (int at = postings.nextDoc(); at != Cursor.END; at = postings.nextDoc()) {
                documents = Arrays.copyOf(documents, documents.length + 1);
                documents[documents.length - 1] = at;
            }
            key = keys.next();
        }
        return documents;
    }
}

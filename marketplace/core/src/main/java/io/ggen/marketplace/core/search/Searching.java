package io.ggen.marketplace.core.search;

import io.ggen.marketplace.core.SearchResults;
import io.ggen.marketplace.core.search.Slot.Alternative;
import io.ggen.marketplace.model.Query;

import org.apache.lucene.util.BytesRef;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Answers one query. First with the words as they are; where that finds little, also with longer
 * words that begin so, with two words written as one, and for words that hardly occur with those
 * written like them. Where it finds nothing, with that for every word, and at last with documents
 * that have any of the words.
 */
final class Searching {
    /** With so many matches nobody needs guesses. */
    private static final int ENOUGH = 10;

    /** A word in fewer documents may be a typing error. */
    private static final int RARE = 4;

    private final Snapshot snapshot;
    private final Vocabulary vocabulary;
    private final Matching.Request request;
    private final List<Slot> exact = new ArrayList<>();

    private Searching(Snapshot snapshot, Matching.Request request) {
        this.snapshot = snapshot;
        this.vocabulary = new Vocabulary(snapshot.segments());
        this.request = request;
    }

    /** Searches {@code snapshot}. */
    static SearchResults search(Snapshot snapshot, Query query) throws IOException {
        QueryText text = QueryText.parse(query.text());
        Matching.Request request =
                new Matching.Request(
                        text.id(), filters(query, text), query.limit(), query.facets());
        Searching searching = new Searching(snapshot, request);
        searching.addSlots(text.words(), 0);
        searching.addSlots(text.names(), Place.NAME);
        return searching.best().results();
    }

    private static List<Filter> filters(Query query, QueryText text) {
        List<Filter> filters = new ArrayList<>();
        if (!query.categories().isEmpty()) {
            filters.add(Filter.oneOf(DocumentFields.CATEGORY, query.categories()));
        }
        List<String> tags = new ArrayList<>(query.tags());
        tags.addAll(text.tags());
        tags.forEach(tag -> filters.add(Filter.oneOf(DocumentFields.TAG, List.of(tag))));
        query.publisher()
                .ifPresent(did ->
                        filters.add(Filter.oneOf(DocumentFields.PUBLISHER, List.of(did.text()))));
        text.publishers().forEach(start -> filters.add(Filter.publisher(start)));
        return filters;
    }

    private void addSlots(List<String> words, int lowest) throws IOException {
        for (String word : words) {
            BytesRef bytes = new BytesRef(word);
            Alternative same = Alternative.of(bytes, 1, vocabulary.documents(bytes));
            exact.add(new Slot(word, List.of(same), lowest));
        }
    }

    private Matching best() throws IOException {
        Matching plain = run(exact, false);
        if (exact.isEmpty() || plain.total() >= ENOUGH) {
            return plain;
        }
        if (plain.total() > 0) {
            return run(widened(false), false);
        }
        List<Slot> widest = widened(true);
        Matching guessed = run(widest, false);
        return guessed.total() > 0 ? guessed : run(widest, true);
    }

    private Matching run(List<Slot> slots, boolean any) throws IOException {
        return Matching.run(snapshot, request, slots, any);
    }

    private List<Slot> widened(boolean everything) throws IOException {
        List<Slot> wider = new ArrayList<>();
        for (int i = 0; i < exact.size(); i++) {
            Slot slot = exact.get(i);
            List<Alternative> more = new ArrayList<>(vocabulary.beginningWith(slot.word()));
            addJoined(i, more);
            if (everything || slot.documents() < RARE) {
                more.addAll(vocabulary.similarTo(slot.word()));
                more.addAll(vocabulary.compound(slot.word()));
            }
            wider.add(slot.with(more));
        }
        return wider;
    }

    private void addJoined(int i, List<Alternative> more) throws IOException {
        String word = exact.get(i).word();
        if (i > 0) {
            more.addAll(vocabulary.joined(exact.get(i - 1).word().concat(word)));
        }
        if (i + 1 < exact.size()) {
            more.addAll(vocabulary.joined(word.concat(exact.get(i + 1).word())));
        }
    }
}

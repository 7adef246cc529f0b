package io.ggen.marketplace.model;

import java.util.List;
import java.util.Optional;

/**
 * A search: words and {@code name:}, {@code tag:}, {@code publisher:} terms; an empty text matches
 * everything.
 *
 * @param categories a result has one of these, where any are given
 * @param tags a result has all of these
 * @param minimumReputation 0 to 1; packages whose reputation is unknown pass
 * @param limit most results, at least 1
 * @param facets whether the matches of each category and tag are counted, and the total exactly
 */
public record Query(
        String text,
        List<String> categories,
        List<String> tags,
        Optional<Did> publisher,
        double minimumReputation,
        int limit,
        boolean facets) {
    /** Copies the lists and checks the bounds. */
    public Query {
        categories = List.copyOf(categories);
        tags = List.copyOf(tags);
        if (limit < 1 || !(minimumReputation >= 0 && minimumReputation <= 1)) {
            throw new IllegalArgumentException("limit is at least 1 and reputation from 0 to 1");
        }
    }

    /** Returns the query of {@code text} with {@code limit} results and no filter. */
    public static Query of(String text, int limit) {
        return new Query(text, List.of(), List.of(), Optional.empty(), 0, limit, false);
    }

    /** Returns this query for another number of results. */
    public Query withLimit(int most) {
        return new Query(text, categories, tags, publisher, minimumReputation, most, facets);
    }

    /** Returns this query with facets counted. */
    public Query withFacets() {
        return new Query(text, categories, tags, publisher, minimumReputation, limit, true);
    }
}

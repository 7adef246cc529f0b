package io.ggen.marketplace.core.hybrid;

import io.ggen.marketplace.core.SearchHit;
import io.ggen.marketplace.core.SearchResults;
import io.ggen.marketplace.model.Did;
import io.ggen.marketplace.model.PackageId;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What several registries found, as one list: a row for each publisher and id, the newest version
 * of it. Scores are comparable within one registry alone, so each is taken as a share of its
 * registry's best.
 */
final class MergedResults {
    private final Map<Key, SearchHit> rows = new LinkedHashMap<>();
    private final Map<String, Integer> categories = new TreeMap<>();
    private final Map<String, Integer> tags = new TreeMap<>();
    private long total;

    private MergedResults() {}

    private record Key(PackageId id, Optional<Did> publisher) {}

    static SearchResults of(List<SearchResults> answers, int limit, boolean incomplete) {
        MergedResults merged = new MergedResults();
        boolean partial = incomplete;
        for (SearchResults answer : answers) {
            merged.add(answer);
            partial |= answer.incomplete();
        }
        List<SearchHit> hits = new ArrayList<>(merged.rows.values());
        hits.sort(
                Comparator.comparingDouble(SearchHit::score)
                        .reversed()
                        .thenComparing(SearchHit::id)
                        .thenComparing(it -> it.publisher().map(Did::text).orElse("")));
        return new SearchResults(
                List.copyOf(hits.subList(0, Math.min(limit, hits.size()))),
                merged.total,
                partial,
                merged.categories,
                merged.tags);
    }

    private void add(SearchResults answer) {
        total += answer.total();
        answer.categories().forEach((name, count) -> categories.merge(name, count, Integer::sum));
        answer.tags().forEach((name, count) -> tags.merge(name, count, Integer::sum));
        double best = answer.hits().isEmpty() ? 1 : answer.hits().getFirst().score();
        Map<Key, SearchHit> scaled = new HashMap<>();
        for (SearchHit hit : answer.hits()) {
            scaled.put(
                    new Key(hit.id(), hit.publisher()),
                    hit.withScore(best > 0 ? hit.score() / best : 0));
        }
        scaled.forEach(this::add);
    }

    private void add(Key key, SearchHit hit) {
        SearchHit known = rows.get(key);
        if (known == null) {
            rows.put(key, hit);
            return;
        }
        total--;
        known.categories().forEach(it -> categories.computeIfPresent(it, (name, n) -> n - 1));
        known.tags().forEach(it -> tags.computeIfPresent(it, (name, n) -> n - 1));
        SearchHit newer = hit.version().compareTo(known.version()) > 0 ? hit : known;
        SearchHit best = newer.withScore(Math.max(hit.score(), known.score()));
        rows.put(key, best.servedAs(hit.providers() > 0 ? hit : known));
    }
}

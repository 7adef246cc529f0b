package io.ggen.marketplace.core.search;

import org.apache.lucene.util.BytesRef;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How many matches have each category and each tag. */
final class FacetCounts {
    private static final int MOST_VALUES = 100;

    private final Map<String, Integer> categories = new HashMap<>();
    private final Map<String, Integer> tags = new HashMap<>();

    void add(BytesRef row) throws IOException {
        Row.facets(
                row,
                category -> categories.merge(category, 1, Integer::sum),
                tag -> tags.merge(tag, 1, Integer::sum));
    }

    Map<String, Integer> categories() {
        return mostFrequent(categories);
    }

    Map<String, Integer> tags() {
        return mostFrequent(tags);
    }

    private static Map<String, Integer> mostFrequent(Map<String, Integer> counts) {
        List<Map.Entry<String, Integer>> sorted = new ArrayList<>(counts.entrySet());
        sorted.sort(
                Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()));
        Map<String, Integer> kept = new LinkedHashMap<>();
        for (Map.Entry<String, Integer> entry :
                sorted.subList(0, Math.min(MOST_VALUES, sorted.size()))) {
            kept.put(entry.getKey(), entry.getValue());
        }
        return kept;
    }
}

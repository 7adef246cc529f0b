package io.ggen.marketplace.core;

import java.util.List;
import java.util.Map;

/**
 * What a search found.
 *
 * @param hits by descending relevance
 * @param total how many packages match in all
 * @param incomplete whether a part of the registry did not answer in time
 * @param categories how many matches each category has
 * @param tags how many matches each tag has, the most frequent ones
 */
public record SearchResults(
        List<SearchHit> hits,
        long total,
        boolean incomplete,
        Map<String, Integer> categories,
        Map<String, Integer> tags) {}

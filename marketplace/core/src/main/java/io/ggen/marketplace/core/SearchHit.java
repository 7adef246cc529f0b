package io.ggen.marketplace.core;

import io.ggen.marketplace.model.Did;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.Version;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One package in a search's results.
 *
 * @param score relevance; comparable within one search alone
 * @param reputation of its best provider, 0 to 1; unknown for files
 * @param providers how many are known to serve it
 */
public record SearchHit(
        PackageId id,
        Version version,
        Optional<Did> publisher,
        String description,
        List<String> categories,
        List<String> tags,
        String source,
        double score,
        OptionalDouble reputation,
        int providers) {
    /** Returns this hit with another relevance. */
    public SearchHit withScore(double other) {
        return new SearchHit(
                id,
                version,
                publisher,
                description,
                categories,
                tags,
                source,
                other,
                reputation,
                providers);
    }

    /** Returns this hit with what {@code network} knows of who serves it. */
    public SearchHit servedAs(SearchHit network) {
        return servedBy(network.providers, network.reputation);
    }

    /**
     * Returns this hit with who serves it.
     *
     * @param known how many are known to
     * @param best the reputation of the best of them
     */
    public SearchHit servedBy(int known, OptionalDouble best) {
        return new SearchHit(
                id, version, publisher, description, categories, tags, source, score, best, known);
    }
}

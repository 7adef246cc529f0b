package io.ggen.marketplace.core.search;

import io.ggen.marketplace.model.Did;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.Version;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One package as it can be found: there is one document for each publisher and id.
 *
 * @param newest the version that a result shows
 * @param popularity any count that grows with use, such as installs; 0 where nothing is known
 * @param publishedAt when {@code newest} came out
 * @param source where it is: {@code file}, {@code p2p} or {@code http}
 */
public record SearchDocument(
        PackageId id,
        Version newest,
        Optional<Did> publisher,
        String description,
        String title,
        List<String> categories,
        List<String> tags,
        List<String> keywords,
        long popularity,
        Instant publishedAt,
        String source) {
    /** Copies the lists. */
    public SearchDocument {
        categories = List.copyOf(categories);
        tags = List.copyOf(tags);
        keywords = List.copyOf(keywords);
        popularity = Math.max(0, popularity);
    }
}

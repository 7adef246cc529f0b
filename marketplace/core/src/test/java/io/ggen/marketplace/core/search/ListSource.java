package io.ggen.marketplace.core.search;

import io.ggen.marketplace.model.Did;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.Version;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** A registry of documents in memory that counts how often it is read as a whole. */
final class ListSource implements SearchSource {
    final List<SearchDocument> documents = new ArrayList<>();
    String stamp = "0";
    Optional<SearchChanges> changes = Optional.empty();
    int reads;

    static ListSource of(SearchDocument... documents) {
        ListSource source = new ListSource();
        source.documents.addAll(List.of(documents));
        return source;
    }

    @Override
    public String stamp() {
        return stamp;
    }

    @Override
    public Optional<SearchChanges> changesSince(String stamp) {
        return changes;
    }

    @Override
    public Iterator<SearchDocument> documents() {
        reads++;
        return documents.iterator();
    }

    static SearchDocument document(String id, String description, String... tags) {
        return new SearchDocument(
                new PackageId(id),
                Version.of(1, 0, 0),
                Optional.empty(),
                description,
                "",
                List.of(),
                List.of(tags),
                List.of(),
                0,
                Instant.EPOCH,
                "file");
    }

    static SearchDocument inCategory(SearchDocument of, String... categories) {
        return new SearchDocument(
                of.id(),
                of.newest(),
                of.publisher(),
                of.description(),
                of.title(),
                List.of(categories),
                of.tags(),
                of.keywords(),
                of.popularity(),
                of.publishedAt(),
                of.source());
    }

    static SearchDocument used(SearchDocument of, long popularity, Instant publishedAt) {
        return new SearchDocument(
                of.id(),
                of.newest(),
                of.publisher(),
                of.description(),
                of.title(),
                of.categories(),
                of.tags(),
                of.keywords(),
                popularity,
                publishedAt,
                of.source());
    }

    static SearchDocument by(Did publisher, SearchDocument of) {
        return new SearchDocument(
                of.id(),
                of.newest(),
                Optional.of(publisher),
                of.description(),
                of.title(),
                of.categories(),
                of.tags(),
                of.keywords(),
                of.popularity(),
                of.publishedAt(),
                of.source());
    }
}

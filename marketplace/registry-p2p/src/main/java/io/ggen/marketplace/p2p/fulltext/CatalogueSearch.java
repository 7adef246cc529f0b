package io.ggen.marketplace.p2p.fulltext;

import io.ggen.marketplace.core.SearchResults;
import io.ggen.marketplace.core.VersionListing;
import io.ggen.marketplace.core.search.SearchChanges;
import io.ggen.marketplace.core.search.SearchDocument;
import io.ggen.marketplace.core.search.SearchIndex;
import io.ggen.marketplace.core.search.SearchSource;
import io.ggen.marketplace.model.About;
import io.ggen.marketplace.model.PackageRef;
import io.ggen.marketplace.model.Query;
import io.ggen.marketplace.model.Release;
import io.ggen.marketplace.p2p.catalogue.Catalogue;
import io.ggen.marketplace.p2p.catalogue.Held;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;

/**
 * Searches the catalogue. The index follows the records: each search first takes in what has
 * changed, so that whatever was admitted before it is found. Thread-safe; blocks on I/O.
 */
public final class CatalogueSearch implements AutoCloseable {
    private final SearchIndex index;
    private final SearchSource source;

    /**
     * Searches {@code catalogue}.
     *
     * @param index where the words are; closed with this
     */
    public CatalogueSearch(Catalogue catalogue, SearchIndex index) {
        this.index = index;
        this.source = new Records(catalogue);
    }

    /** Returns the packages that match {@code query}, best first. */
    public SearchResults search(Query query) {
        index.refresh(source);
        return index.search(query);
    }

    @Override
    public void close() {
        index.close();
    }

    /** The catalogue as the index reads it: the newest version of each publisher's package. */
    private record Records(Catalogue catalogue) implements SearchSource {
        @Override
        public String stamp() {
            return catalogue.stamp();
        }

        @Override
        public Optional<SearchChanges> changesSince(String stamp) {
            return catalogue.changedSince(stamp).map(this::changes);
        }

        private SearchChanges changes(Set<PackageRef> changed) {
            List<SearchDocument> added = new ArrayList<>();
            changed.forEach(ref -> document(ref).ifPresent(added::add));
            return new SearchChanges(List.copyOf(changed), added);
        }

        @Override
        public Iterator<SearchDocument> documents() {
            Iterator<PackageRef> packages = catalogue.packages().iterator();
            return new Iterator<>() {
                private Optional<SearchDocument> next = Optional.empty();

                @Override
                public boolean hasNext() {
                    while (next.isEmpty() && packages.hasNext()) {
                        next = document(packages.next());
                    }
                    return next.isPresent();
                }

                @Override
                public SearchDocument next() {
                    if (!hasNext()) {
                        throw new NoSuchElementException("no more packages");
                    }
                    SearchDocument document = next.orElseThrow();
                    next = Optional.empty();
                    return document;
                }
            };
        }

        private Optional<SearchDocument> document(PackageRef ref) {
            return VersionListing.newest(catalogue.versions(ref))
                    .flatMap(newest ->
                            catalogue.releases(ref, newest.version()).stream()
                                    .filter(held -> !held.isContradicted())
                                    .findFirst())
                    .map(Records::document);
        }

        private static SearchDocument document(Held held) {
            Release release = held.signed().release();
            About about = release.about();
            return new SearchDocument(
                    release.id(),
                    release.version(),
                    release.publisher(),
                    about.description(),
                    about.title(),
                    about.categories(),
                    about.tags(),
                    about.keywords(),
                    0,
                    release.publishedAt(),
                    Held.SOURCE);
        }
    }
}

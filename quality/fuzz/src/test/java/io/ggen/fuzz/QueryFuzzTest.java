package io.ggen.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

import io.ggen.marketplace.core.search.IndexUse;
import io.ggen.marketplace.core.search.SearchChanges;
import io.ggen.marketplace.core.search.SearchDocument;
import io.ggen.marketplace.core.search.SearchIndex;
import io.ggen.marketplace.core.search.SearchSource;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.Query;
import io.ggen.marketplace.model.Version;

import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

class QueryFuzzTest {
    private static final int DOCUMENTS = 40;

    @TempDir static Path folder = Path.of("");

    private static final class Shared {
        private static final SearchIndex INDEX = open();

        private static SearchIndex open() {
            SearchIndex index = SearchIndex.open(folder, IndexUse.SERVICE);
            index.refresh(new Few());
            return index;
        }
    }

    @FuzzTest
    void anyQueryIsAnswered(FuzzedDataProvider data) {
        int limit = data.consumeInt(1, 60);
        String text = data.consumeRemainingAsString();
        Verdict.of(() -> Shared.INDEX.search(Query.of(text, limit)))
                .ifPresent(results -> Verdict.same(results.hits().size() <= limit, true));
    }

    private static final class Few implements SearchSource {
        @Override
        public String stamp() {
            return "1";
        }

        @Override
        public Optional<SearchChanges> changesSince(String stamp) {
            return Optional.empty();
        }

        @Override
        public Iterator<SearchDocument> documents() {
            return IntStream.range(0, DOCUMENTS).mapToObj(Few::document).iterator();
        }

        private static SearchDocument document(int number) {
            return new SearchDocument(
                    new PackageId("scope" + number % 3 + "/rust-parser-" + number),
                    Version.of(1, number, 0),
                    Optional.empty(),
                    "a parser of ontologies, größer " + number,
                    "Parser " + number,
                    List.of("templates"),
                    List.of("rust", "t" + number % 5),
                    List.of("rdf"),
                    number,
                    Instant.EPOCH,
                    "file");
        }
    }
}

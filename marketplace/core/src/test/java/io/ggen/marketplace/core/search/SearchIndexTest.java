package io.ggen.marketplace.core.search;

import static io.ggen.marketplace.core.search.ListSource.by;
import static io.ggen.marketplace.core.search.ListSource.document;
import static io.ggen.marketplace.core.search.ListSource.inCategory;
import static io.ggen.marketplace.core.search.ListSource.used;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.base.Bytes;
import io.ggen.marketplace.core.SearchHit;
import io.ggen.marketplace.core.SearchResults;
import io.ggen.marketplace.model.Did;
import io.ggen.marketplace.model.Query;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

class SearchIndexTest {
    private static final Did ALICE = Did.of(Bytes.fromHex("11".repeat(32)));
    private static final Did BOB = Did.of(Bytes.fromHex("22".repeat(32)));

    @TempDir Path directory;
    private SearchIndex index = SearchIndex.open(Path.of("unused"), IndexUse.COMMAND);

    @AfterEach
    void close() {
        index.close();
    }

    private void given(SearchDocument... documents) {
        index = SearchIndex.open(directory.resolve("index"), IndexUse.COMMAND);
        index.refresh(ListSource.of(documents));
    }

    private List<String> found(String text) {
        return ids(index.search(Query.of(text, 20)));
    }

    private static List<String> ids(SearchResults results) {
        return results.hits().stream().map(hit -> hit.id().text()).toList();
    }

    private static Query filtered(List<String> categories, List<String> tags) {
        return new Query("", categories, tags, Optional.empty(), 0, 20, false);
    }

    @Test
    void ranksExactIdThenNameThenTagThenDescription() {
        given(
                document("other", "speaks sparql"),
                document("labelled", "something", "sparql"),
                document("sparql-tools", "a toolbox with a very long list of words behind it"),
                document("sparql", "the whole language with a very long list of words behind it"));
        assertThat(found("sparql")).containsExactly("sparql", "sparql-tools", "labelled", "other");
    }

    @Test
    void putsTheExactIdFirstAlsoWhenItHasSeveralParts() {
        given(
                document("acme/react-native", "short"),
                document("react-native-web", "", "react", "native"),
                document(
                        "react-native",
                        "a description that goes on and on about many other things"));
        assertThat(found("react-native")).first().isEqualTo("react-native");
        assertThat(found("@acme/react-native")).first().isEqualTo("acme/react-native");
    }

    @Test
    void everyWordMustMatchSomewhere() {
        given(
                document("web-server", "in rust"),
                document("web-client", "in java"),
                document("rust-parser", "of text"));
        assertThat(found("web rust")).containsExactly("web-server");
    }

    @Test
    void showsDocumentsWithAnyWordWhenNoneHasAll() {
        given(document("web-server", "in rust"), document("quantum", "physics"));
        assertThat(found("quantum rust")).containsExactlyInAnyOrder("quantum", "web-server");
    }

    @Test
    void toleratesOneEditFromFourLettersAndTwoFromEight() {
        given(document("graph", "x"), document("ontology-builder", "y"), document("abc", "z"));
        assertThat(found("grpah")).containsExactly("graph");
        assertThat(found("grap")).containsExactly("graph");
        assertThat(found("gragh")).containsExactly("graph");
        assertThat(found("ontolgoy")).containsExactly("ontology-builder");
        assertThat(found("ontolgy")).containsExactly("ontology-builder");
        assertThat(found("antolagy")).containsExactly("ontology-builder");
        assertThat(found("abx")).isEmpty();
    }

    @Test
    void findsByTheBeginningOfAWordAndByJoinedAndSplitWords() {
        given(document("react-native", "x"), document("photoshop-mcp", "y"));
        assertThat(found("nat")).containsExactly("react-native");
        assertThat(found("reactnative")).containsExactly("react-native");
        assertThat(found("photo shop")).containsExactly("photoshop-mcp");
    }

    @Test
    void splitsNamesAtSignsDigitsAndCamelCase() {
        given(document("acme/http_server.v2-fast", "uses FastWebServer24"));
        for (String word : List.of("acme", "http", "server", "v2", "fast", "web", "24")) {
            assertThat(found(word)).as(word).containsExactly("acme/http_server.v2-fast");
        }
    }

    @Test
    void ignoresCaseAndAccents() {
        given(document("cafe-finder", "Trouve un CAFÉ à Zürich 東京"));
        assertThat(found("café")).hasSize(1);
        assertThat(found("ZURICH")).hasSize(1);
        assertThat(found("京")).hasSize(1);
    }

    @Test
    void breaksTiesByPopularityThenAgeThenId() {
        Instant newer = Instant.ofEpochSecond(1_000_000);
        given(
                document("x-d", "thing"),
                document("x-c", "thing"),
                used(document("x-b", "thing"), 0, newer),
                used(document("x-a", "thing"), 500, Instant.EPOCH));
        assertThat(found("thing")).containsExactly("x-a", "x-b", "x-c", "x-d");
        assertThat(found("")).containsExactly("x-a", "x-b", "x-c", "x-d");
    }

    @Test
    void matchesOneOfTheCategoriesAndAllOfTheTags() {
        given(
                inCategory(document("one", "", "Fast", "small"), "Web"),
                inCategory(document("two", "", "fast"), "data"),
                document("three", "", "small"));
        assertThat(ids(index.search(filtered(List.of("web", "DATA"), List.of()))))
                .containsExactly("one", "two");
        assertThat(ids(index.search(filtered(List.of(), List.of("fast", "small")))))
                .containsExactly("one");
    }

    @Test
    void understandsFieldsInTheText() {
        given(
                by(ALICE, document("web-server", "fast", "http server")),
                by(BOB, document("fast-thing", "a web server")));
        assertThat(found("name:web")).containsExactly("web-server");
        assertThat(found("name:wbe-server")).containsExactly("web-server");
        assertThat(found("name:srever")).containsExactly("web-server");
        assertThat(found("tag:\"http server\"")).containsExactly("web-server");
        assertThat(found("publisher:" + BOB)).containsExactly("fast-thing");
        assertThat(found("web publisher:" + ALICE.text().substring(8, 20)))
                .containsExactly("web-server");
        assertThat(found("tag:nothing web")).isEmpty();
    }

    @Test
    void listsOneRowForEachPublisherOfAnId() {
        given(by(ALICE, document("same", "a")), by(BOB, document("same", "b")));
        assertThat(index.search(Query.of("same", 20)).hits())
                .extracting(SearchHit::publisher)
                .containsExactlyInAnyOrder(Optional.of(ALICE), Optional.of(BOB));
    }

    @Test
    void countsAllMatchesAndFacetsWhenAsked() {
        given(
                inCategory(document("a-x", "thing", "one"), "web"),
                inCategory(document("b-x", "thing", "one", "two"), "web"),
                inCategory(document("c-x", "thing"), "data"));
        SearchResults plain = index.search(Query.of("thing", 1));
        assertThat(plain.total()).isEqualTo(3);
        assertThat(plain.hits()).hasSize(1);
        assertThat(plain.tags()).isEmpty();
        SearchResults counted = index.search(Query.of("thing", 1).withFacets());
        assertThat(counted.categories().toString()).isEqualTo("{web=2, data=1}");
        assertThat(counted.tags().toString()).isEqualTo("{one=2, two=1}");
    }

    @Test
    void showsWhatTheDocumentSays() {
        SearchDocument document =
                inCategory(by(ALICE, document("acme/wide", "A ∀ text", "T1")), "C");
        given(document);
        SearchHit hit = index.search(Query.of("wide", 20)).hits().getFirst();
        assertThat(hit.id()).isEqualTo(document.id());
        assertThat(hit.version()).isEqualTo(document.newest());
        assertThat(hit.publisher()).contains(ALICE);
        assertThat(hit.description()).isEqualTo("A ∀ text");
        assertThat(hit.categories()).containsExactly("C");
        assertThat(hit.tags()).containsExactly("T1");
        assertThat(hit.source()).isEqualTo("file");
        assertThat(hit.reputation()).isEmpty();
    }

    @Test
    void answersFromAnEmptyRegistry() {
        given();
        assertThat(found("")).isEmpty();
        assertThat(found("anything at all")).isEmpty();
    }
}

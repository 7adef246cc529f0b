package io.ggen.marketplace.core.search;

import static io.ggen.marketplace.core.search.ListSource.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ggen.marketplace.core.SearchHit;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.PackageRef;
import io.ggen.marketplace.model.Query;

import org.apache.lucene.store.Directory;
import org.apache.lucene.store.Lock;
import org.apache.lucene.store.NIOFSDirectory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

class SelfHealingTest {
    @TempDir Path temporary;
    private Path directory = Path.of("unset");
    private final ListSource source = ListSource.of(document("first-one", "thing"));

    @BeforeEach
    void choose() {
        directory = temporary.resolve("index");
    }

    private List<String> found(String text) {
        try (SearchIndex index = SearchIndex.open(directory, IndexUse.COMMAND)) {
            return found(index, text);
        }
    }

    private List<String> found(SearchIndex index, String text) {
        index.refresh(source);
        return index.search(Query.of(text, 20)).hits().stream()
                .map(SearchHit::id)
                .map(PackageId::text)
                .toList();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> !file.endsWith("write.lock")).sorted().toList();
        }
    }

    @Test
    void readsTheSourceOnlyWhenItsStampIsAnother() {
        assertThat(found("thing")).containsExactly("first-one");
        assertThat(found("thing")).containsExactly("first-one");
        assertThat(source.reads).isEqualTo(1);
        source.documents.add(document("second-one", "thing"));
        source.stamp = "1";
        assertThat(found("thing")).containsExactly("first-one", "second-one");
        assertThat(source.reads).isEqualTo(2);
    }

    @Test
    void takesTheChangesAloneWhereTheSourceKnowsThem() {
        found("thing");
        source.stamp = "1";
        source.changes =
                Optional.of(
                        new SearchChanges(
                                List.of(PackageRef.of(new PackageId("first-one"))),
                                List.of(document("second-one", "thing"))));
        assertThat(found("thing")).containsExactly("second-one");
        assertThat(found("thing")).containsExactly("second-one");
        assertThat(source.reads).isEqualTo(1);
    }

    @Test
    void replacesTheDocumentOfTheSamePackage() {
        found("thing");
        source.stamp = "1";
        source.changes =
                Optional.of(new SearchChanges(List.of(), List.of(document("first-one", "other"))));
        assertThat(found("other")).containsExactly("first-one");
        assertThat(found("thing")).isEmpty();
    }

    @Test
    void updatesOnlyFromTheStateItIsAt() {
        SearchChanges changes =
                new SearchChanges(List.of(), List.of(document("second-one", "thing")));
        try (SearchIndex index = SearchIndex.open(directory, IndexUse.SERVICE)) {
            found(index, "thing");
            assertThat(index.update("7", "8", changes)).isFalse();
            assertThat(index.update("0", "1", changes)).isTrue();
            source.stamp = "1";
            assertThat(found(index, "thing")).containsExactly("first-one", "second-one");
            assertThat(source.reads).isEqualTo(1);
        }
    }

    @Test
    void seesWhatAnotherProcessDidToTheIndex() {
        try (SearchIndex index = SearchIndex.open(directory, IndexUse.SERVICE)) {
            found(index, "thing");
            source.documents.add(document("second-one", "thing"));
            source.stamp = "1";
            assertThat(found("thing")).hasSize(2);
            assertThat(found(index, "thing")).hasSize(2);
            assertThat(source.reads).isEqualTo(2);
        }
    }

    @Test
    void rebuildsWhateverByteOfWhateverFileIsDamaged() throws IOException {
        found("thing");
        int damaged = 0;
        for (int i = 0; i < files().size(); i++) {
            for (int part = 0; part < 5; part++) {
                Path file = files().get(i);
                byte[] bytes = Files.readAllBytes(file);
                bytes[(bytes.length - 1) * part / 4] ^= 0x55;
                Files.write(file, bytes);
                assertThat(found("thing")).as("%s %d", file, part).containsExactly("first-one");
                damaged++;
            }
        }
        assertThat(source.reads).isEqualTo(1 + damaged);
    }

    @Test
    void rebuildsWhateverFileIsCutEmptyOrMissing() throws IOException {
        found("thing");
        for (int i = 0; i < files().size(); i++) {
            Path file = files().get(i);
            byte[] bytes = Files.readAllBytes(file);
            Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
            assertThat(found("thing")).as("half of %s", file).containsExactly("first-one");
            Files.write(files().get(i), new byte[0]);
            assertThat(found("thing")).as("empty %s", file).containsExactly("first-one");
            Files.delete(files().get(i));
            assertThat(found("thing")).as("no %s", file).containsExactly("first-one");
        }
    }

    @Test
    void answersWhileTheDirectoryIsDeletedUnderIt() throws IOException {
        try (SearchIndex index = SearchIndex.open(directory, IndexUse.SERVICE)) {
            found(index, "thing");
            for (Path file : files()) {
                Files.delete(file);
            }
            source.stamp = "1";
            source.changes =
                    Optional.of(
                            new SearchChanges(List.of(), List.of(document("second-one", "thing"))));
            source.documents.add(document("second-one", "thing"));
            assertThat(found(index, "thing")).containsExactly("first-one", "second-one");
        }
        assertThat(found("thing")).containsExactly("first-one", "second-one");
    }

    @Test
    void answersFromMemoryWhileAnotherProcessWrites() throws IOException {
        found("thing");
        source.documents.add(document("second-one", "thing"));
        source.stamp = "1";
        try (Directory files = new NIOFSDirectory(directory);
                Lock lock = files.obtainLock("write.lock")) {
            lock.ensureValid();
            assertThat(found("thing")).containsExactly("first-one", "second-one");
        }
        assertThat(found("thing")).containsExactly("first-one", "second-one");
    }

    @Test
    void answersFromMemoryWhereNothingCanBeWritten() throws IOException {
        directory = temporary.resolve("a-file").resolve("index");
        Files.writeString(temporary.resolve("a-file"), "in the way");
        assertThat(found("thing")).containsExactly("first-one");
    }

    @Test
    void keepsTheOldIndexWhenTheSourceFails() {
        found("thing");
        source.stamp = "1";
        SearchSource failing =
                new SearchSource() {
                    @Override
                    public String stamp() {
                        return "2";
                    }

                    @Override
                    public Optional<SearchChanges> changesSince(String stamp) {
                        return Optional.empty();
                    }

                    @Override
                    public Iterator<SearchDocument> documents() {
                        throw new MarketplaceException(ErrorCode.STORAGE, "no disk", "buy one");
                    }
                };
        try (SearchIndex index = SearchIndex.open(directory, IndexUse.COMMAND)) {
            assertThatThrownBy(() -> index.refresh(failing)).hasMessage("no disk");
        }
        source.stamp = "0";
        assertThat(found("thing")).containsExactly("first-one");
        assertThat(source.reads).isEqualTo(1);
    }

    @Test
    void indexesManyDocumentsOnSeveralThreadsOnceEach() {
        IntStream.range(0, 25_000).forEach(i -> source.documents.add(document("many-" + i, "lot")));
        try (SearchIndex index = SearchIndex.open(directory, IndexUse.SERVICE)) {
            index.refresh(source);
            assertThat(index.search(Query.of("lot", 1)).total()).isEqualTo(25_000);
            assertThat(index.search(Query.of("", 30_000)).hits()).hasSize(25_001);
        }
    }
}

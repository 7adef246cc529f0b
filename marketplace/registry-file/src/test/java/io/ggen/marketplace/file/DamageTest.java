package io.ggen.marketplace.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.marketplace.core.TestPublisher;
import io.ggen.marketplace.model.Query;
import io.ggen.marketplace.model.Version;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Files of the registry that were damaged or deleted: nothing published is lost. */
final class DamageTest {
    @TempDir Path directory;
    private Fixture fixture;
    private final TestPublisher alice = TestPublisher.number(1);

    @BeforeEach
    void publishThree() {
        fixture = new Fixture(directory);
        fixture.publish(
                alice.release("a", "1.0.0"),
                alice.release("acme/b", "1.0.0"),
                alice.release("a", "1.1.0"));
        fixture.said.clear();
    }

    @Test
    void keepsADamagedIndexAndMakesItAnewFromTheFolders() throws IOException {
        String whole = Files.readString(fixture.index());
        Files.writeString(fixture.index(), whole.substring(0, whole.length() / 2));

        fixture.publish(alice.release("c", "1.0.0"));

        assertThat(fixture.listed()).containsExactly("a", "acme/b", "c");
        assertThat(fixture.listed("a")).containsExactlyInAnyOrder("1.0.0", "1.1.0");
        assertThat(fixture.root().resolve("index.json.corrupted"))
                .hasContent(whole.substring(0, whole.length() / 2));
        assertThat(fixture.said)
                .anySatisfy(it -> assertThat(it).contains("damaged").contains("2 packages"));
    }

    @Test
    void keepsEveryDamagedIndex() throws IOException {
        for (String damage : new String[] {"{", "not JSON", "[]", "{\"packages\":7}", ""}) {
            Files.writeString(fixture.index(), damage);
            try (FileRegistry registry = fixture.open()) {
                assertThat(registry.search(Query.of("", 10)).hits()).as(damage).hasSize(2);
            }
            assertThat(fixture.listed()).as(damage).containsExactly("a", "acme/b");
        }
        assertThat(fixture.root().resolve("index.json.corrupted.5")).exists();
    }

    @Test
    void keepsSoundEntriesOfTheOldProgramFromADamagedIndex() throws IOException {
        fixture.writeOld(
                fixture.oldEntry("old", "1.0.0", Fixture.tar("old")),
                Fixture.oldEntry("cut", "1.0.0", "00", 1, ""));
        String text = Files.readString(fixture.index());
        Files.writeString(fixture.index(), text.substring(0, text.indexOf("\"cut\"") + 50));

        fixture.publish(alice.release("c", "1.0.0"));

        assertThat(fixture.listed()).containsExactly("a", "acme/b", "c", "old");
    }

    @Test
    void makesADeletedIndexAnew() throws IOException {
        Files.delete(fixture.index());

        try (FileRegistry registry = fixture.open()) {
            assertThat(registry.listVersions(Fixture.ref("a"))).hasSize(2);
            assertThat(registry.search(Query.of("", 10)).hits()).hasSize(2);
        }

        assertThat(fixture.listed()).containsExactly("a", "acme/b");
        assertThat(fixture.said).anySatisfy(it -> assertThat(it).contains("was missing"));
    }

    @Test
    void doesWithoutItsDerivedFiles() throws IOException {
        for (String name : new String[] {"offsets", "changes", "lock"}) {
            Files.delete(fixture.root().resolve("index.json." + name));
            fixture.publish(alice.release("new-" + name, "1.0.0"));
        }
        Files.writeString(fixture.root().resolve("index.json.offsets"), "rubbish");
        Files.writeString(fixture.root().resolve("index.json.changes"), "rubbish");
        fixture.publish(alice.release("z", "1.0.0"));

        assertThat(fixture.listed())
                .containsExactly("a", "acme/b", "new-changes", "new-lock", "new-offsets", "z");
    }

    @Test
    void recreatesADeletedRegistryAndSaysSo() throws IOException {
        try (FileRegistry registry = fixture.open()) {
            deleteAll(fixture.root());

            assertThat(registry.getPackage(Fixture.ref("a"))).isEmpty();
            alice.release("c", "1.0.0").publishIn(registry);

            assertThat(registry.exists(Fixture.ref("c"))).isTrue();
        }
        assertThat(fixture.listed()).containsExactly("c");
        assertThat(fixture.said).anySatisfy(it -> assertThat(it).contains("made one"));
    }

    @Test
    void doesWithoutPackageJson() throws IOException {
        Files.delete(fixture.root().resolve("a/1.0.0/package.json"));
        Files.delete(fixture.index());

        try (FileRegistry registry = fixture.open()) {
            assertThat(registry.rebuildIndex()).isEqualTo(2);
            assertThat(registry.getPackageVersion(Fixture.ref("a"), Version.of(1, 0, 0)))
                    .isPresent();
        }
        assertThat(fixture.listed("a")).containsExactlyInAnyOrder("1.0.0", "1.1.0");
    }

    private static void deleteAll(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}

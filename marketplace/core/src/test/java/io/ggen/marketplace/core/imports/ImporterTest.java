package io.ggen.marketplace.core.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;
import io.ggen.content.FileTree;
import io.ggen.marketplace.core.Progress;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.Fault;
import io.ggen.marketplace.model.Manifest;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.model.Utf8;
import io.ggen.testkit.RawTar;
import io.ggen.testkit.TempTree;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.List;

final class ImporterTest {
    @TempDir Path root;

    private final RecordingTarget target = new RecordingTarget();
    private TempTree files;

    @BeforeEach
    void begins() {
        files = TempTree.in(root.resolve("source"));
    }

    private ImportOutcome run(String path) {
        return Importer.run(
                files.root().resolve(path), ImportFormat.AUTO, target, Progress.silent());
    }

    private void pack(String folder, String name, String rest) {
        files.file(
                "packages/" + folder + "/package.toml",
                "[package]\nname = \"" + name + "\"\nversion = \"1.0.0\"\n" + rest);
    }

    private Manifest only(ImportOutcome outcome) {
        assertThat(outcome.rejected()).isEmpty();
        assertThat(outcome.imported()).hasSize(1);
        return target.manifests.values().iterator().next();
    }

    @Test
    void importsEveryPackageBelowAFolderAndChangesNothingTheSecondTime() {
        pack("a", "a", "");
        pack("b", "b", "");
        assertThat(run("").imported())
                .extracting(e -> e.id() + "@" + e.version())
                .containsExactly("a@1.0.0", "b@1.0.0");
        assertThat(run("packages").unchanged()).hasSize(2);
    }

    @Test
    void rejectsABrokenPackageAndTakesTheOthers() {
        pack("a", "a", "");
        pack("b", "b", "[x]\nframeworks = {\n  rust = \"axum\"\n}\n");
        ImportOutcome outcome = run("packages");
        assertThat(outcome.imported()).hasSize(1);
        assertThat(outcome.rejected())
                .first()
                .satisfies(fault -> {
                    assertThat(fault.file()).endsWith("packages/b/package.toml");
                    assertThat(fault.line()).isEqualTo(5);
                    assertThat(fault.hint()).isNotEmpty();
                });
    }

    @Test
    void namesAPackageAfterItsFolderWhereItsNameIsNone() {
        pack("next.ontology-crud", "Next.js Ontology CRUD", "");
        ImportOutcome outcome = run("packages");
        Manifest manifest = only(outcome);
        assertThat(manifest.id().text()).isEqualTo("next.ontology-crud");
        assertThat(manifest.about().title()).isEqualTo("Next.js Ontology CRUD");
        assertThat(outcome.notes()).singleElement().extracting(Fault::line).isEqualTo(2);
    }

    @Test
    void slugsAFolderThatIsNoNameEither() {
        pack("My Fine Pack!", "My Fine Pack", "");
        assertThat(only(run("packages")).id().text()).isEqualTo("my-fine-pack");
    }

    @Test
    void turnsOldFieldsIntoOurs() {
        pack(
                "a",
                "a",
                """
                full_name = "ggen/a"
                author = "Team"
                category = "AI Tools"
                tags = ["Deep_Learning", "ai", "AI"]
                """);
        Manifest manifest = only(run("packages"));
        assertThat(manifest.about().title()).isEqualTo("ggen/a");
        assertThat(manifest.about().authors()).containsExactly("Team");
        assertThat(manifest.about().categories()).containsExactly("ai-tools");
        assertThat(manifest.about().tags()).containsExactly("deep-learning", "ai");
    }

    @Test
    void findsListsInsideTables() {
        pack(
                "a",
                "a",
                "[package.tags]\ntags = [\"x\", \"y\"]\n[package.keywords]\nkeywords = [\"z\"]\n");
        Manifest manifest = only(run("packages"));
        assertThat(manifest.about().tags()).containsExactly("x", "y");
        assertThat(manifest.about().keywords()).containsExactly("z");
    }

    @Test
    void shortensALongDescriptionAndSaysSo() {
        pack("a", "a", "description = \"" + "ü".repeat(3000) + "\"\n");
        ImportOutcome outcome = run("packages");
        String description = only(outcome).about().description();
        assertThat(Utf8.length(description)).isBetween(4090, 4096);
        assertThat(description).endsWith("ü…");
        assertThat(outcome.notes()).singleElement().asString().contains("shortened");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dependencies = [\"b\", \"c@^1.0\"]|b * required, c ^1.0 required",
                "[dependencies]\\nb = \"1.0.0\"\\nc = \"latest\"|b 1.0.0 required, c * required",
                "[dependencies]\\nrequired = [\"b\"]\\noptional = [\"c\"]\\nfeatures = [\"x y\"]"
                        + "|b * required, c * optional",
                "[dependencies]\\nb = { version = \"~2\", optional = true }|b ~2 optional",
                "[optional-dependencies]\\nb = \"*\"|b * optional",
                "[dependencies]\\nont = \"ontology/a.ttl\"\\nq = \"templates/*.sparql\"\\nb = \"*\"|b * required",
                "[dependencies]\\nserde = { version = \"1.0\", features = [\"derive\"] }\\nanyhow = \"1.0\"|''",
                "[dependencies.rust]\\nsqlx = \"0.7\"\\n[dependencies.python]\\nrdflib = \"^7\"|''",
                "[dependencies]\\nggen = \">=2.6.0\"\\nb = \"*\"|b * required",
                "[dependencies]\\na = \"*\"|''",
                "[dependencies]\\n\"@types/node\" = \"^20\"\\nb = \"*\"|b * required",
            })
    void findsThePackagesAmongDependencies(String toml, String expected) {
        pack("a", "a", toml.replace("\\n", "\n"));
        assertThat(
                        only(run("packages")).dependencies().stream()
                                .map(r ->
                                        r.id()
                                                + " "
                                                + r.range()
                                                + (r.optional() ? " optional" : " required")))
                .isEqualTo(expected.isEmpty() ? List.of() : List.of(expected.split(", ", -1)));
    }

    @Test
    void takesACrateOfANeighbourForACrate() {
        pack("a", "a", "[dependencies]\nrdf = \">=0.1.0\"\nb = \"*\"\n");
        pack(
                "b",
                "b",
                "[dependencies]\nrdf = \"0.1\"\nb = \"9\"\ntokio = { version = \"1\", features = [] }\n");
        run("packages");
        assertThat(target.manifests)
                .hasEntrySatisfying(
                        "a@1.0.0",
                        m ->
                                assertThat(m.dependencies())
                                        .extracting(r -> r.id().text())
                                        .containsExactly("b"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[dependencies]\nb = \"not a range\"",
                "description = \"\\u001b]0;evil\\u0007\"",
                "[dependencies",
            })
    void rejectsWhatCannotBeMadeToFit(String toml) {
        pack("a", "a", toml);
        assertThat(run("packages").rejected()).isNotEmpty();
        assertThat(target.manifests).isEmpty();
    }

    @Test
    void readsAListOfPackagesWithPaths() {
        pack("a", "a", "");
        files.file(
                "registry-index.json",
                """
                {"version": "1.0.0", "packages": [
                  {"name": "a", "version": "1.0.0", "path": "marketplace/packages/a"},
                  {"name": "gone", "version": "1.0.0", "path": "marketplace/packages/gone"},
                  {"name": "a", "version": "2.0.0", "path": "packages/a"},
                  {"name": 7}
                ]}
                """);
        ImportOutcome outcome = run("registry-index.json");
        assertThat(outcome.imported()).hasSize(1);
        assertThat(outcome.rejected())
                .extracting(f -> f.line() + " " + f.reason())
                .containsExactly(
                        "3 its content is not beside the index",
                        "4 the index says a@2.0.0, the manifest a@1.0.0",
                        "5 the entry is malformed: name is not a text");
    }

    @Test
    void readsTablesOfPackages() {
        pack("a", "a", "");
        files.file(
                "packages.toml",
                """
                version = "1.0.0"

                [[package]]
                name = "a"
                version = "1.0.0"
                path = "marketplace/packages/a"

                [[package]]
                name = "rig"
                version = "0.1.0"
                path = "marketplace/packages/rig"
                """);
        ImportOutcome outcome = run("packages.toml");
        assertThat(outcome.imported()).hasSize(1);
        assertThat(outcome.rejected()).singleElement().extracting(Fault::line).isEqualTo(8);
    }

    @Test
    void rejectsPacksThatLieElsewhere() {
        files.file(
                "packs-index.json",
                "{\"packs\": {\n\"io.ggen.x\": {\"id\": \"io.ggen.x\", \"versions\": {}}\n}}");
        assertThat(run("packs-index.json").rejected())
                .singleElement()
                .satisfies(fault -> {
                    assertThat(fault.line()).isEqualTo(2);
                    assertThat(fault.reason()).contains("not beside the index");
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../outside",
                "/etc",
                "packages/../../outside",
                "..\\\\outside",
                "C:/outside",
                "packages/a\\u0000",
                "link",
                "\\u001b[31m",
            })
    void leadsNoIndexEntryOutOfItsFolder(String path) {
        TempTree.in(root.resolve("outside"))
                .file("package.toml", "[package]\nname = \"evil\"\nversion = \"1.0.0\"\n");
        files.symlink("link", "../outside");
        files.file(
                "registry-index.json",
                "{\"packages\": [{\"name\": \"evil\", \"version\": \"1.0.0\", \"path\": \""
                        + path
                        + "\"}]}");
        assertThat(run("registry-index.json").rejected()).hasSize(1);
        assertThat(target.manifests).isEmpty();
    }

    @Test
    void followsNoLinkBelowAFolder() {
        TempTree.in(root.resolve("outside"))
                .file("package.toml", "[package]\nname = \"evil\"\nversion = \"1.0.0\"\n");
        pack("a", "a", "");
        files.symlink("packages/link", "../../outside");
        run("packages");
        assertThat(target.manifests).containsOnlyKeys("a@1.0.0");
    }

    @Test
    void importsArchivesOfTheOldProgram() {
        Bytes archive = RawTar.gzip(new RawTar().file("./README.md", "hello").bytes());
        files.file("leaf/1.0.0/leaf-1.0.0.tar.gz", archive);
        files.file("index.json", index("leaf", "1.0.0", archive, Sha256.of(archive).hex()));
        Manifest manifest = only(run(""));
        assertThat(manifest.id().text()).isEqualTo("leaf");
        assertThat(manifest.about().categories()).containsExactly("data");
        assertThat(manifest.dependencies())
                .extracting(r -> r.range().toString())
                .containsExactly("^1.0");
        assertThat(run("index.json").unchanged()).hasSize(1);
    }

    private static String index(String name, String version, Bytes archive, String checksum) {
        return """
        {"version": "1.0.0", "updated_at": "2026-01-01T00:00:00Z", "packages": {"%s": {
          "name": "%s", "description": "d", "author": null, "category": "Data", "tags": ["a b"],
          "repository": null, "license": null, "homepage": null,
          "versions": [
            {"version": "%s", "download_url": "https://example.org/x", "checksum": "%s",
             "dependencies": [{"name": "base", "version_req": "^1.0", "optional": false}],
             "published_at": "2026-01-01T00:00:00Z", "size_bytes": %d}]}}}
        """
                .formatted(name, name, version, checksum, archive.length());
    }

    @ParameterizedTest
    @CsvSource({
        "leaf, 1.0.0, other, checksum",
        "leaf, 1.0.0, short, SHA-256",
        "leaf, ../../1, right, version",
        "../leaf, 1.0.0, right, package id",
    })
    void refusesArchivesThatAreNotWhatTheIndexSays(
            String name, String version, String checksum, String reason) {
        Bytes archive = RawTar.gzip(new RawTar().file("README.md", "hello").bytes());
        String hash =
                switch (checksum) {
                    case "right" -> Sha256.of(archive).hex();
                    case "short" -> "abcdef";
                    default -> Sha256.of(Bytes.empty()).hex();
                };
        files.file("leaf/1.0.0/leaf-1.0.0.tar.gz", archive);
        files.file("index.json", index(name, version, archive, hash));
        assertThat(run("index.json").rejected())
                .singleElement()
                .extracting(Fault::reason)
                .asString()
                .contains(reason);
    }

    @Test
    void refusesAnArchiveThatHoldsAnotherPackage() {
        Bytes archive =
                RawTar.gzip(
                        new RawTar().file("package.toml", "[package]\nname = \"evil\"\n").bytes());
        files.file("leaf/1.0.0/leaf-1.0.0.tar.gz", archive);
        files.file("index.json", index("leaf", "1.0.0", archive, Sha256.of(archive).hex()));
        assertThat(run("index.json").rejected())
                .singleElement()
                .asString()
                .contains("another package");
    }

    @Test
    void refusesAHostileArchive() {
        Bytes archive = RawTar.gzip(new RawTar().file("../evil", "x").bytes());
        files.file("leaf/1.0.0/leaf-1.0.0.tar.gz", archive);
        files.file("index.json", index("leaf", "1.0.0", archive, Sha256.of(archive).hex()));
        assertThat(run("index.json").rejected()).hasSize(1);
        assertThat(target.manifests).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{}", "{\"packages\": 7}", "{\"packages\": {\"a\": 1}}"})
    void rejectsAnIndexThatIsNone(String text) {
        files.file("index.json", text);
        assertThat(run("index.json").rejected())
                .singleElement()
                .satisfies(fault -> assertThat(fault.line()).isPositive());
    }

    @Test
    void saysWhenThereIsNothingToImport() {
        files.directory("empty");
        files.file("registry-index.json", "{\"packages\": []}");
        for (String path : List.of("empty", "registry-index.json", "missing")) {
            assertThatThrownBy(() -> run(path))
                    .isInstanceOfSatisfying(
                            MarketplaceException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.VALIDATION));
        }
    }

    @Test
    void stopsWhereTheRegistryCannotBeWritten() {
        pack("a", "a", "");
        ImportTarget full =
                new ImportTarget() {
                    @Override
                    public Landing publish(Manifest m, Path d, Path f) {
                        throw new MarketplaceException(ErrorCode.STORAGE, "disk full", "make room");
                    }

                    @Override
                    public Landing publish(Manifest m, FileTree f, Path a) {
                        throw new MarketplaceException(ErrorCode.STORAGE, "disk full", "make room");
                    }
                };
        assertThatThrownBy(() ->
                        Importer.run(files.root(), ImportFormat.AUTO, full, Progress.silent()))
                .hasMessage("disk full");
    }
}

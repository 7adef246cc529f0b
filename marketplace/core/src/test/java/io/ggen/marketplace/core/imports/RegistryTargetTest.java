package io.ggen.marketplace.core.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.base.ProcessLock;
import io.ggen.marketplace.core.FakeRegistry;
import io.ggen.marketplace.core.Home;
import io.ggen.marketplace.core.Progress;
import io.ggen.marketplace.core.Registry;
import io.ggen.marketplace.core.keys.KeyStore;
import io.ggen.marketplace.core.keys.Passphrases;
import io.ggen.marketplace.core.publish.PackageSender;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.PackageRef;
import io.ggen.marketplace.model.ReleaseVerifier;
import io.ggen.testkit.ManualClock;
import io.ggen.testkit.TempTree;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;

final class RegistryTargetTest {
    @TempDir Path root;

    private final Registry registry = new FakeRegistry("file");

    private Home home() {
        return new Home(root.resolve("home"));
    }

    private ImportOutcome run() {
        var clock = ManualClock.at("2026-01-02T03:04:05Z");
        var keys =
                new KeyStore(
                        home(),
                        clock,
                        Passphrases.none(),
                        Progress.silent(),
                        ProcessLock.Patience.standard());
        try (PackageSender sender = PackageSender.open(keys, KeyStore.DEFAULT, registry, clock);
                var target = new RegistryTarget(sender, new ImportLog(home()))) {
            return Importer.run(
                    root.resolve("source"), ImportFormat.AUTO, target, Progress.silent());
        }
    }

    @Test
    void signsWithTheImportersKeyWhichOwnsTheDependenciesToo() {
        TempTree.in(root.resolve("source"))
                .file(
                        "a/package.toml",
                        "[package]\nname = \"a\"\nversion = \"1.0.0\"\n[dependencies]\nb = \"*\"\n")
                .file("b/package.toml", "[package]\nname = \"b\"\nversion = \"1.0.0\"\n");
        assertThat(run().imported()).hasSize(2);
        var listing = registry.getPackage(PackageRef.of(new PackageId("a"))).orElseThrow();
        var release = ReleaseVerifier.release(listing.envelope().orElseThrow());
        assertThat(release.dependencies())
                .singleElement()
                .extracting(d -> d.publisher())
                .isEqualTo(release.publisher());
    }

    @Test
    void changesNothingTheSecondTime() {
        TempTree.in(root.resolve("source"))
                .file("package.toml", "[package]\nname = \"a\"\nversion = \"1.0.0\"\n");
        run();
        ImportOutcome second = run();
        assertThat(second.imported()).isEmpty();
        assertThat(second.unchanged()).hasSize(1);
    }

    @Test
    void rejectsOtherContentUnderTheSameVersion() {
        TempTree source =
                TempTree.in(root.resolve("source"))
                        .file("package.toml", "[package]\nname = \"a\"\nversion = \"1.0.0\"\n");
        run();
        source.file("README.md", "more");
        assertThat(run().rejected()).singleElement().asString().contains("versions never change");
    }

    @Test
    void rejectsSecretsInAPackage() {
        TempTree.in(root.resolve("source"))
                .file("package.toml", "[package]\nname = \"a\"\nversion = \"1.0.0\"\n")
                .file(".env", "TOKEN=1");
        assertThat(run().rejected()).singleElement().asString().contains(".env");
    }

    @Test
    void remembersWhereEachRecordCameFrom() throws IOException {
        TempTree.in(root.resolve("source"))
                .file("x/package.toml", "[package]\nname = \"a\"\nversion = \"1.0.0\"\n");
        run();
        run();
        var listing = registry.getPackage(PackageRef.of(new PackageId("a"))).orElseThrow();
        assertThat(new ImportLog(home()).read())
                .containsExactly(
                        new ImportLog.Line(
                                listing.envelope().orElseThrow().recordId(),
                                "a@1.0.0",
                                root.resolve("source/x").toString()));
    }
}

package io.ggen.marketplace.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;
import io.ggen.marketplace.core.Listing;
import io.ggen.marketplace.core.TestPublisher;
import io.ggen.marketplace.core.VersionListing;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.JsonObject;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.model.Query;
import io.ggen.marketplace.model.Version;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The old program and this one take turns on one index.json. */
final class OldProgramTest {
    private static final Version ONE = Version.of(1, 0, 0);

    @TempDir Path directory;
    private Fixture fixture;
    private final TestPublisher alice = TestPublisher.number(1);

    @BeforeEach
    void makeFixture() {
        fixture = new Fixture(directory);
    }

    @Test
    void findsInIndexJsonWhatItsSchemaSays() throws IOException {
        fixture.publish(alice.release("acme/ui", "1.2.0", "Says \"hello\"\nand more"));

        JsonObject root = fixture.json();
        assertThat(root.text("version")).isEqualTo("1.0.0");
        assertThat(root.text("updated_at")).endsWith("Z");
        JsonObject entry = root.object("packages").orElseThrow().object("acme/ui").orElseThrow();
        assertThat(entry.names())
                .containsExactlyInAnyOrder(
                        "name",
                        "versions",
                        "description",
                        "author",
                        "category",
                        "tags",
                        "repository",
                        "license",
                        "homepage");
        assertThat(entry.text("description")).isEqualTo("Says \"hello\"\nand more");
        assertThat(entry.text("category")).isEqualTo("tools");
        assertThat(entry.texts("tags")).containsExactly("test");
        JsonObject version = entry.objects("versions").getFirst();
        Path archive = fixture.root().resolve(version.text("download_url"));
        assertThat(version.text("download_url")).isEqualTo("@acme/ui/1.2.0/ui-1.2.0.tar.gz");
        assertThat(version.integer("size_bytes")).isEqualTo(Files.size(archive));
        assertThat(version.text("checksum"))
                .isEqualTo(Sha256.of(Bytes.wrap(Files.readAllBytes(archive))).hex());
        assertThat(version.text("published_at")).isEqualTo("2026-01-02T03:04:06Z");
        assertThat(version.objects("dependencies")).isEmpty();
    }

    @Test
    void listsItsPackagesUnsigned() throws IOException {
        Bytes tar = Fixture.tar("old content");
        fixture.writeOld(fixture.oldEntry("old", "1.0.0", tar));

        try (FileRegistry registry = fixture.open()) {
            assertThat(registry.listVersions(Fixture.ref("old")))
                    .containsExactly(new VersionListing(ONE, java.util.Optional.empty(), false));
            Listing listing = registry.getPackage(Fixture.ref("old")).orElseThrow();
            assertThat(listing.envelope()).isEmpty();
            assertThat(listing.release().origin()).isEmpty();
            assertThat(listing.release().content().sha256()).isEqualTo(Sha256.of(tar));
            assertThat(listing.release().about().categories()).containsExactly("testing");
            assertThat(listing.release().dependencies()).hasSize(1);
            assertThat(registry.search(Query.of("mine", 10)).hits()).hasSize(1);
            try (InputStream content = registry.open(listing)) {
                assertThat(Bytes.wrap(content.readAllBytes())).isEqualTo(tar);
            }
        }
    }

    @Test
    void keepsEverythingThatItDoesNotKnow() throws IOException {
        fixture.writeOld(
                fixture.oldEntry("old", "1.0.0", Fixture.tar("one")),
                "    \"Not A Package Id\": {\"versions\": [], \"x\": [{}]}",
                fixture.oldEntry("other", "1.0.0", Fixture.tar("two")));

        fixture.publish(alice.release("old", "1.1.0"), alice.release("new", "1.0.0"));

        JsonObject root = fixture.json();
        assertThat(root.text("signature")).isEqualTo("none");
        assertThat(root.has("mirror")).isTrue();
        assertThat(root.text("updated_at")).hasSize(20);
        assertThat(fixture.listed()).containsExactly("Not A Package Id", "new", "old", "other");
        JsonObject old = root.object("packages").orElseThrow().object("old").orElseThrow();
        assertThat(old.integer("stars")).isEqualTo(12);
        assertThat(old.objects("versions").getFirst().has("yanked_by_old_tool")).isTrue();
        assertThat(fixture.listed("old")).containsExactly("1.0.0", "1.1.0");
        try (FileRegistry registry = fixture.open()) {
            assertThat(registry.listVersions(Fixture.ref("old")))
                    .extracting(it -> it.publisher().isPresent())
                    .containsExactly(false, true);
        }
    }

    @Test
    void seesAtOnceWhatTheOtherWrote() throws IOException {
        fixture.publish(alice.release("leaf", "1.0.0"));
        try (FileRegistry registry = fixture.open()) {
            assertThat(registry.exists(Fixture.ref("old"))).isFalse();
            String leaf = Files.readString(fixture.root().resolve("leaf/1.0.0/package.json"));
            fixture.writeOld(
                    "\"leaf\": " + leaf, fixture.oldEntry("old", "1.0.0", Fixture.tar("x")));

            assertThat(registry.exists(Fixture.ref("old"))).isTrue();
            assertThat(registry.search(Query.of("", 10)).hits()).hasSize(2);
            alice.release("leaf", "1.1.0").publishIn(registry);
        }
        assertThat(fixture.listed("leaf")).containsExactly("1.0.0", "1.1.0");
        assertThat(fixture.listed()).containsExactly("leaf", "old");
    }

    @Test
    void losesNothingToAnOldProgramThatWritesAStaleIndex() throws IOException {
        fixture.publish(alice.release("leaf", "1.0.0"));
        String stale = Files.readString(fixture.index());
        fixture.publish(alice.release("later", "1.0.0"));
        Files.writeString(fixture.index(), stale);

        try (FileRegistry registry = fixture.open()) {
            assertThat(registry.exists(Fixture.ref("later"))).isTrue();
            assertThat(registry.search(Query.of("later", 10)).hits()).hasSize(1);
        }
    }

    @Test
    void adoptsAnUnsignedVersionWithTheSameContentAlone() throws IOException {
        fixture.writeOld(fixture.oldEntry("old", "1.0.0", Fixture.tar("same")));

        try (FileRegistry registry = fixture.open()) {
            assertThatThrownBy(() -> alice.release("old", "1.0.0", "other").publishIn(registry))
                    .isInstanceOfSatisfying(
                            MarketplaceException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.ALREADY_EXISTS));
            alice.release("old", "1.0.0", "same").publishIn(registry);

            assertThat(registry.getPackage(Fixture.ref("old")).orElseThrow().envelope())
                    .isPresent();
        }
    }

    @Test
    void refusesAWrongChecksumAndAWrongSize() throws IOException {
        Bytes archive = Fixture.gzip(Fixture.tar("x"));
        String sound = Sha256.of(archive).hex();
        for (String checksum :
                new String[] {
                    "0".repeat(64), "", "abcd1234", sound.substring(1), "md5:" + sound, "sha256:"
                }) {
            refuses(archive, checksum, archive.length());
        }
        refuses(archive, sound, archive.length() + 1);
        refuses(archive, sound, -1);
        accepts(archive, "sha256-" + sound);
        accepts(archive, "sha256:" + sound);
    }

    @Test
    void refusesTwoMembersAndTrailingBytes() throws IOException {
        Bytes archive = Fixture.gzip(Fixture.tar("x"));
        for (Bytes tail : new Bytes[] {archive, Bytes.of((byte) 0)}) {
            Bytes longer = archive.concat(tail);
            refuses(longer, Sha256.of(longer).hex(), longer.length());
        }
    }

    @Test
    void refusesAnArchiveOfAnotherPackage() throws IOException {
        Bytes tar =
                TestPublisher.number(3)
                        .release(
                                "x",
                                "1.0.0",
                                TestPublisher.about("x"),
                                java.util.List.of(),
                                manifest("someone-else", "1.0.0"))
                        .tar();
        Bytes archive = Fixture.gzip(tar);

        refuses(archive, Sha256.of(archive).hex(), archive.length());
    }

    private static io.ggen.content.FileTree manifest(String name, String version) {
        Bytes text =
                Bytes.utf8(
                        "[package]\nname = \"%s\"\nversion = \"%s\"\ndescription = \"d\"\n"
                                .formatted(name, version));
        return io.ggen.content.FileTree.of(
                java.util.List.of(
                        new io.ggen.content.TreeEntry.RegularFile(
                                "package.toml",
                                text.length(),
                                false,
                                io.ggen.content.ByteSource.of(text))));
    }

    private void refuses(Bytes archive, String checksum, long size) throws IOException {
        write(archive, Fixture.oldEntry("old", "1.0.0", checksum, size, ""));
        try (FileRegistry registry = fixture.open()) {
            assertThatThrownBy(() -> registry.getPackage(Fixture.ref("old")))
                    .as("%s %d", checksum, size)
                    .isInstanceOfSatisfying(
                            MarketplaceException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.SECURITY));
        }
    }

    private void accepts(Bytes archive, String checksum) throws IOException {
        write(archive, Fixture.oldEntry("old", "1.0.0", checksum, archive.length(), ""));
        try (FileRegistry registry = fixture.open()) {
            assertThat(registry.getPackage(Fixture.ref("old"))).isPresent();
        }
    }

    private void write(Bytes archive, String entry) throws IOException {
        Path file = fixture.root().resolve("old/1.0.0/old-1.0.0.tar.gz");
        Files.createDirectories(file.getParent());
        Files.write(file, archive.toArray());
        fixture.writeOld(entry);
    }

    @Test
    void followsADownloadUrlInsideTheRegistryAlone() throws IOException {
        Bytes evil = Fixture.gzip(Fixture.tar("outside"));
        Files.createDirectories(fixture.root());
        Path outside = Files.write(directory.resolve("outside.tar.gz"), evil.toArray());
        Files.createSymbolicLink(fixture.root().resolve("link.tar.gz"), outside);
        Bytes good = Fixture.gzip(Fixture.tar("inside"));
        Files.write(fixture.root().resolve("inside.tar.gz"), good.toArray());
        for (String url :
                new String[] {
                    "../outside.tar.gz",
                    "link.tar.gz",
                    outside.toString(),
                    outside.toUri().toString(),
                    "http://127.0.0.1:1/x.tar.gz",
                    "https://127.0.0.1:1/x.tar.gz",
                    "file://%zz",
                    "\\u0000"
                }) {
            String hash = Sha256.of(evil).hex();
            fixture.writeOld(Fixture.oldEntry("old", "1.0.0", hash, evil.length(), url));
            try (FileRegistry registry = fixture.open()) {
                assertThatThrownBy(() -> registry.getPackage(Fixture.ref("old")))
                        .as(url)
                        .isInstanceOf(MarketplaceException.class)
                        .hasMessageContaining("is not in the registry");
            }
        }
        for (String url :
                new String[] {
                    "inside.tar.gz",
                    "./x/../inside.tar.gz",
                    fixture.root().resolve("inside.tar.gz").toUri().toString()
                }) {
            String hash = Sha256.of(good).hex();
            Files.createDirectories(fixture.root().resolve("x"));
            fixture.writeOld(Fixture.oldEntry("old", "1.0.0", hash, good.length(), url));
            try (FileRegistry registry = fixture.open()) {
                assertThat(registry.getPackage(Fixture.ref("old"))).as(url).isPresent();
            }
        }
    }

    @Test
    void skipsHostileIdsAndVersions() throws IOException {
        String hash = "0".repeat(64);
        fixture.writeOld(
                Fixture.oldEntry("../../etc", "1.0.0", hash, 1, ""),
                Fixture.oldEntry("con", "1.0.0", hash, 1, ""),
                Fixture.oldEntry("a", "../1.0.0", hash, 1, ""),
                Fixture.oldEntry("b", "1.0", hash, 1, ""),
                Fixture.oldEntry("x\\u001b[31m", "1.0.0", hash, 1, ""));

        try (FileRegistry registry = fixture.open()) {
            assertThat(registry.search(Query.of("", 10)).hits()).isEmpty();
            assertThat(registry.exists(Fixture.ref("a"))).isFalse();
            alice.release("leaf", "1.0.0").publishIn(registry);
        }
        assertThat(fixture.listed()).hasSize(6);
    }

    @Test
    void readsARegistryThatMayNotBeWritten() throws IOException {
        fixture.publish(alice.release("leaf", "1.0.0"));
        String leaf = Files.readString(fixture.root().resolve("leaf/1.0.0/package.json"));
        fixture.writeOld("\"leaf\": " + leaf, fixture.oldEntry("old", "1.0.0", Fixture.tar("x")));
        io.ggen.testkit.FaultyFileSystem disk = new io.ggen.testkit.FaultyFileSystem();
        disk.failAt(1, io.ggen.testkit.Fault.CRASH);
        io.ggen.marketplace.core.Home home = new io.ggen.marketplace.core.Home(directory);

        try (FileRegistry registry =
                new FileRegistry(
                        new io.ggen.marketplace.core.RegistryContext(
                                home,
                                disk.wrap(home.registry()),
                                100,
                                java.time.InstantSource.system()))) {
            assertThat(registry.getPackage(Fixture.ref("leaf"))).isPresent();
            assertThat(registry.exists(Fixture.ref("old"))).isTrue();
            assertThat(registry.search(Query.of("", 10)).hits()).hasSize(2);
        }
        assertThat(disk.injected()).isPositive();
    }

    @Test
    void unpublishesAnUnsignedVersion() throws IOException {
        fixture.writeOld(
                fixture.oldEntry("old", "1.0.0", Fixture.tar("x")),
                fixture.oldEntry("other", "1.0.0", Fixture.tar("y")));

        try (FileRegistry registry = fixture.open()) {
            registry.delete(Fixture.ref("old"), ONE);

            assertThat(registry.exists(Fixture.ref("old"))).isFalse();
        }
        assertThat(fixture.listed()).containsExactly("other");
    }
}

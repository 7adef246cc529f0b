package io.ggen.marketplace.core.install;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.base.Bytes;
import io.ggen.marketplace.core.Listing;
import io.ggen.marketplace.core.trust.NamespaceBinding;
import io.ggen.marketplace.core.trust.TrustStore;
import io.ggen.marketplace.model.Envelope;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.Release;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A registry that lies: each lie is refused as SECURITY and leaves nothing. */
class HostileRegistryTest {
    @TempDir private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Workshop shop;

    @BeforeEach
    void open() throws IOException {
        shop = new Workshop(folder);
        shop.publish("leaf", "1.0.0");
        shop.manifest("leaf = \"*\"");
    }

    @AfterEach
    void close() throws IOException {
        shop.close();
    }

    private void assertRefused(Flag... flags) throws IOException {
        InstallerTest.assertFails(ErrorCode.SECURITY, () -> shop.install(flags));
        assertThat(shop.project.resolve("ggen.lock")).doesNotExist();
        assertThat(shop.installed("leaf")).doesNotExist();
        assertThat(shop.installed(".new")).doesNotExist();
        if (Files.exists(shop.home.store().resolve("segments"))) {
            assertThat(shop.home.store().resolve("segments")).isEmptyDirectory();
        }
    }

    @Test
    void aSignatureThatDoesNotFit() throws IOException {
        shop.wicked.listings =
                listing -> {
                    Envelope honest = listing.envelope().orElseThrow();
                    byte[] signature = honest.signature().toArray();
                    signature[5] ^= 1;
                    return with(
                            listing,
                            listing.release(),
                            new Envelope(
                                    honest.payloadType(),
                                    honest.payload(),
                                    honest.signer(),
                                    Bytes.wrap(signature)));
                };
        assertRefused();
    }

    private static Listing with(Listing listing, Release release, Envelope envelope) {
        return new Listing(release, Optional.of(envelope), listing.yank(), listing.source());
    }

    @Test
    void aSignatureThatWasStripped() throws IOException {
        shop.wicked.listings =
                listing ->
                        new Listing(
                                listing.release(),
                                Optional.empty(),
                                listing.yank(),
                                listing.source());
        assertRefused();
        assertRefused(Flag.ALLOW_UNSIGNED);
    }

    @Test
    void anotherReleaseThanTheSignedOne() throws IOException {
        var other = Workshop.pack(shop.alice, "leaf", "9.9.9");
        shop.wicked.listings = listing -> with(listing, listing.release(), other.envelope());
        assertRefused();
    }

    @Test
    void aRecordOfAnotherPublisher() throws IOException {
        var other = Workshop.pack(shop.bob, "leaf", "1.0.0");
        shop.wicked.listings = listing -> with(listing, other.release(), other.envelope());
        assertRefused();
    }

    @Test
    void otherBytesThanTheRecordPromises() throws IOException {
        Bytes other = Workshop.pack(shop.bob, "evil", "1.0.0").tar();
        shop.wicked.contents = tar -> other;
        assertRefused();
    }

    @Test
    void bytesAfterTheEndAndACutOffArchive() throws IOException {
        shop.wicked.contents = tar -> tar.concat(Bytes.wrap(new byte[512]));
        assertRefused();
        shop.wicked.contents = tar -> tar.slice(0, tar.length() / 2);
        assertRefused();
        shop.wicked.contents = tar -> Bytes.empty();
        assertRefused();
    }

    @Test
    void aDependencyThatLiesTakesTheWholeInstallWithIt() throws IOException {
        shop.publish("acme/ui", "1.0.0", "leaf@*");
        shop.manifest("\"acme/ui\" = \"*\"");
        shop.wicked.contents =
                tar -> tar.utf8().contains("leaf@1.0.0") ? Bytes.wrap(new byte[1024]) : tar;
        assertRefused();
        assertThat(shop.installed("@acme")).doesNotExist();
    }

    @Test
    void anUnsignedEntryNeedsLeaveEachTime() throws IOException {
        Path lock = shop.project.resolve("ggen.lock");
        shop.install();
        String unsigned = shop.lockText().replaceAll("publisher = \"[^\"]*\"", "publisher = \"\"");
        Files.writeString(lock, unsigned);
        Trees.delete(shop.project.resolve(".ggen"));
        InstallerTest.assertFails(ErrorCode.SECURITY, shop::install);
        assertThat(shop.installed("leaf")).doesNotExist();
    }

    @Test
    void aLockfileOfAClonedRepositoryCannotNameAPublisherThatNeverSigned() throws IOException {
        shop.install();
        String stolen = shop.lockText().replace(shop.alice.did().text(), shop.bob.did().text());
        Files.writeString(shop.project.resolve("ggen.lock"), stolen);
        Trees.delete(shop.project.resolve(".ggen"));
        InstallerTest.assertFails(ErrorCode.SECURITY, shop::install);
        assertThat(shop.installed("leaf")).doesNotExist();
    }

    @Test
    void aStateFileOfAClonedRepositoryVouchesForNothing() throws IOException {
        shop.install();
        Files.writeString(shop.installed("leaf/README.md"), "evil");
        String state = Files.readString(shop.installed(".state"));
        Files.writeString(shop.installed(".state"), state.replace("boot one", "a guess"));
        assertThat(shop.install().installed()).hasSize(1);
        assertThat(shop.installed("leaf/README.md")).hasContent("leaf@1.0.0");
    }

    @Test
    void aNamespaceBoundToAnotherRegistry() throws IOException {
        shop.publish("acme/ui", "1.0.0");
        shop.manifest("\"acme/ui\" = \"*\"");
        new TrustStore(shop.home)
                .bind(new NamespaceBinding("acme", Optional.empty(), Optional.of("/srv/acme")));
        assertRefused();
    }

    @Test
    void aPathSpecIsRefusedBeforeAnythingElse() {
        for (String spec : List.of("../evil", "/etc/passwd", "a/b/c", "UPPER", "x@^^1", "con")) {
            InstallerTest.assertFails(ErrorCode.USAGE, () -> PackageSpec.parse(spec));
        }
    }
}

package io.ggen.marketplace.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ggen.base.ProcessLock;
import io.ggen.marketplace.core.Listing;
import io.ggen.marketplace.core.Publication;
import io.ggen.marketplace.core.SamplePackage;
import io.ggen.marketplace.core.TestPublisher;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.Version;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Who owns an id, what two histories of a key lead to, and what locks and caches promise. */
final class RulesTest {
    private static final Version ONE = Version.of(1, 0, 0);

    @TempDir Path directory;
    private Fixture fixture;
    private final TestPublisher alice = TestPublisher.number(1);
    private final TestPublisher bob = TestPublisher.number(2);

    @BeforeEach
    void makeFixture() {
        fixture = new Fixture(directory);
    }

    private static void assertFails(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        MarketplaceException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void theFirstKeyOwnsAnIdEvenWhenAllIsUnpublished() {
        try (FileRegistry registry = fixture.open()) {
            alice.release("leaf", "1.0.0").publishIn(registry);
            assertFails(ErrorCode.SECURITY, () -> bob.release("leaf", "2.0.0").publishIn(registry));

            registry.delete(Fixture.ref("leaf"), ONE);

            assertFails(ErrorCode.SECURITY, () -> bob.release("leaf", "2.0.0").publishIn(registry));
        }
    }

    @Test
    void listsNamesThatBeginInAWay() {
        try (FileRegistry registry = fixture.open()) {
            assertThat(registry.beginning("", 5)).isEmpty();
            for (String id : List.of("leaf", "least", "tree", "acme/leaf", "acme/ui", "acorn")) {
                alice.release(id, "1.0.0").publishIn(registry);
            }
            assertThat(names(registry, "lea", 5)).containsExactly("leaf", "least");
            assertThat(names(registry, "ac", 5)).containsExactly("acme/leaf", "acme/ui", "acorn");
            assertThat(names(registry, "acme/l", 5)).containsExactly("acme/leaf");
            assertThat(names(registry, "ac/", 5)).isEmpty();
            assertThat(names(registry, "", 2)).containsExactly("acme/leaf", "acme/ui");
            assertThat(names(registry, "../", 5)).isEmpty();
        }
    }

    private static List<String> names(FileRegistry registry, String prefix, int most) {
        return registry.beginning(prefix, most).stream().map(PackageId::text).toList();
    }

    @Test
    void keepsTheRecordOfOtherContentAsEvidence() throws IOException {
        try (FileRegistry registry = fixture.open()) {
            alice.release("leaf", "1.0.0", "one").publishIn(registry);
            SamplePackage other = alice.release("leaf", "1.0.0", "two");
            assertFails(ErrorCode.ALREADY_EXISTS, () -> other.publishIn(registry));

            assertThat(evidence(other)).exists();
        }
    }

    @Test
    void refusesTwoHistoriesOfOneKey() throws IOException {
        try (FileRegistry registry = fixture.open()) {
            alice.release("leaf", "1.0.0").publishIn(registry);
            alice.forget();
            SamplePackage second = alice.release("other", "1.0.0");

            assertFails(ErrorCode.SECURITY, () -> second.publishIn(registry));
            assertThat(evidence(second)).exists();
            assertThat(registry.exists(Fixture.ref("other"))).isFalse();
        }
    }

    private Path evidence(SamplePackage sample) {
        return new Layout(fixture.root()).evidence(sample.envelope().recordId());
    }

    @Test
    void refusesARecordThatWasMovedToAnotherFolder() throws IOException {
        fixture.publish(alice.release("leaf", "1.0.0"), alice.release("other", "1.0.0"));
        Files.copy(
                fixture.root().resolve("other/1.0.0/release.dsse.json"),
                fixture.root().resolve("leaf/1.0.0/release.dsse.json"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);

        try (FileRegistry registry = fixture.open()) {
            assertFails(
                    ErrorCode.SECURITY, () -> registry.getPackageVersion(Fixture.ref("leaf"), ONE));
        }
    }

    @Test
    void refusesAPackageJsonOfAnotherVersion() throws IOException {
        fixture.publish(alice.release("leaf", "1.0.0"), alice.release("leaf", "1.1.0"));
        Files.copy(
                fixture.root().resolve("leaf/1.1.0/package.json"),
                fixture.root().resolve("leaf/1.0.0/package.json"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);

        try (FileRegistry registry = fixture.open()) {
            Listing listing = registry.getPackageVersion(Fixture.ref("leaf"), ONE).orElseThrow();
            assertFails(ErrorCode.SECURITY, () -> registry.open(listing));
        }
    }

    @Test
    void seesWhatAnotherRegistryObjectWrote() {
        try (FileRegistry one = fixture.open();
                FileRegistry other = fixture.open()) {
            assertThat(one.exists(Fixture.ref("leaf"))).isFalse();
            alice.release("leaf", "1.0.0").publishIn(other);
            assertThat(one.listVersions(Fixture.ref("leaf"))).hasSize(1);
            other.yank(alice.yank("leaf", "1.0.0", "no"));
            assertThat(one.getPackage(Fixture.ref("leaf"))).isEmpty();
            other.delete(Fixture.ref("leaf"), ONE);
            assertThat(one.exists(Fixture.ref("leaf"))).isFalse();
        }
    }

    @Test
    void waitsForTheLockThenNamesItsHolder() throws IOException {
        fixture.publish(alice.release("leaf", "1.0.0"));
        try (ProcessLock held =
                        ProcessLock.acquire(
                                fixture.root().resolve("index.json.lock"),
                                ProcessLock.Patience.standard(),
                                it -> {});
                FileRegistry registry = fixture.open()) {
            assertThat(registry.exists(Fixture.ref("leaf"))).isTrue();
            assertThatThrownBy(() -> alice.release("leaf", "1.1.0").publishIn(registry))
                    .isInstanceOfSatisfying(
                            MarketplaceException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.LOCK_TIMEOUT))
                    .hasMessageContaining("process " + ProcessHandle.current().pid());
            assertThat(held).isNotNull();
        }
        assertThat(fixture.said).hasSizeGreaterThanOrEqualTo(2);
        assertThat(fixture.said.getFirst() + fixture.said.get(1)).contains("waiting for process");
    }

    @Test
    void theSameContentIsTheSameArchive() throws IOException {
        SamplePackage leaf = alice.release("leaf", "1.0.0");
        Fixture other = new Fixture(directory.resolve("other"));
        fixture.publish(leaf);
        other.publish(leaf);

        for (String name : new String[] {"leaf-1.0.0.tar.gz", "package.json"}) {
            assertThat(other.root().resolve("leaf/1.0.0/" + name))
                    .hasSameBinaryContentAs(fixture.root().resolve("leaf/1.0.0/" + name));
        }
    }

    @Test
    void leavesNothingInStaging() throws IOException {
        Path leftover = fixture.root().resolve(".staging/999999999-abc");
        Files.createDirectories(leftover);
        Files.writeString(leftover.resolve("x"), "x");
        fixture.publish(alice.release("leaf", "1.0.0"));

        try (Stream<Path> staged = Files.list(fixture.root().resolve(".staging"))) {
            assertThat(staged).isEmpty();
        }
    }

    @Test
    void yankingTwiceChangesNothing() {
        try (FileRegistry registry = fixture.open()) {
            Publication leaf = alice.release("leaf", "1.0.0").publishIn(registry);
            registry.yank(alice.yank("leaf", "1.0.0", "first"));
            registry.yank(alice.yank("leaf", "1.0.0", "second"));

            assertThat(
                            registry.getPackageVersion(
                                            Fixture.ref("leaf"), leaf.listing().release().version())
                                    .orElseThrow()
                                    .yank()
                                    .orElseThrow()
                                    .reason())
                    .isEqualTo("first");
        }
    }
}

package io.ggen.marketplace.core.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ggen.marketplace.core.TestPublisher;
import io.ggen.marketplace.core.trust.TrustStore;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.model.PackageId;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

class InstallerTest {
    @TempDir private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Workshop shop;

    @BeforeEach
    void open() throws IOException {
        shop = new Workshop(folder);
        shop.publish("leaf", "1.0.0");
        shop.publish("acme/ui", "2.1.0", "leaf@^1.0.0");
    }

    @AfterEach
    void close() throws IOException {
        shop.close();
    }

    static void assertFails(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        MarketplaceException.class,
                        e -> {
                            assertThat(e.code()).as(e.getMessage()).isEqualTo(code);
                            assertThat(e.hint()).isNotBlank();
                        });
    }

    private static List<String> names(ChangeOutcome outcome) {
        return outcome.installed().stream().map(one -> one.id() + "@" + one.version()).toList();
    }

    @Test
    void installsWhatTheManifestAsksForWithItsDependencies() throws IOException {
        shop.manifest("\"acme/ui\" = \"^2.0.0\"");
        ChangeOutcome outcome = shop.install();
        assertThat(names(outcome)).containsExactly("leaf@1.0.0", "acme/ui@2.1.0");
        assertThat(shop.installed("leaf/README.md")).hasContent("leaf@1.0.0");
        assertThat(shop.installed("@acme/ui/bin/run")).isExecutable();
        assertThat(shop.installed("@acme/ui/empty")).isEmptyDirectory();
        assertThat(shop.lockText()).startsWith("# ggen lockfile 1\n").contains("acme/ui");
        assertThat(shop.installed(".new")).doesNotExist();
        assertThat(shop.installed(".transaction")).doesNotExist();
    }

    @Test
    void anInstallWithNothingToDoAsksNobody() throws IOException {
        shop.manifest("\"acme/ui\" = \"^2.0.0\"");
        shop.install();
        shop.asked();
        ChangeOutcome outcome = shop.install();
        assertThat(outcome.installed()).isEmpty();
        assertThat(outcome.reused()).hasSize(2);
        assertThat(shop.asked()).isZero();
        assertThat(shop.install(Flag.FROZEN).reused()).hasSize(2);
        assertThat(shop.install(Flag.LOCKED).reused()).hasSize(2);
    }

    @Test
    void reinstallsFromStoreAndLockfileAlone() throws IOException {
        shop.manifest("\"acme/ui\" = \"^2.0.0\"");
        shop.install();
        String lock = shop.lockText();
        Trees.delete(shop.project.resolve(".ggen"));
        shop.asked();
        assertThat(names(shop.install(Flag.OFFLINE))).hasSize(2);
        assertThat(shop.asked()).isZero();
        assertThat(shop.lockText()).isEqualTo(lock);
        assertThat(shop.installed("leaf/README.md")).hasContent("leaf@1.0.0");
    }

    @Test
    void restoresAFolderThatWasDeleted() throws IOException {
        shop.manifest("leaf = \"*\"");
        shop.install();
        Trees.delete(shop.installed("leaf"));
        assertThat(names(shop.install())).containsExactly("leaf@1.0.0");
    }

    @Test
    void anEditOfTheInstalledCopyDoesNotReachTheStore() throws IOException {
        shop.manifest("leaf = \"*\"");
        shop.install();
        Files.writeString(shop.installed("leaf/README.md"), "edited");
        assertThat(names(shop.install(Flag.FORCE))).containsExactly("leaf@1.0.0");
        assertThat(shop.installed("leaf/README.md")).hasContent("leaf@1.0.0");
        assertThat(shop.said).isEmpty();
    }

    @Test
    void afterAnotherBootTreesAreCheckedBeforeTheyCount() throws IOException {
        shop.manifest("\"acme/ui\" = \"*\"");
        shop.install();
        Files.writeString(shop.installed("leaf/README.md"), "half a fi");
        assertThat(shop.install().installed()).isEmpty();
        shop.settings = shop.settings.withBootId("boot two");
        ChangeOutcome outcome = shop.install();
        assertThat(names(outcome)).containsExactly("leaf@1.0.0");
        assertThat(outcome.reused()).hasSize(1);
        assertThat(shop.installed("leaf/README.md")).hasContent("leaf@1.0.0");
    }

    @Test
    void addWritesACaretRangeAndKeepsComments() throws IOException {
        shop.manifest("# nothing yet");
        ChangeOutcome outcome = shop.add("acme/ui");
        assertThat(names(outcome)).hasSize(2);
        assertThat(shop.project.resolve("ggen.toml"))
                .content()
                .contains("\"acme/ui\" = \"^2.1.0\"\n# nothing yet");
        assertThat(shop.add("leaf@1").installed()).isEmpty();
        assertThat(shop.project.resolve("ggen.toml")).content().contains("\"leaf\" = \"1\"");
    }

    @Test
    void removeDropsWhatNobodyNeedsThen() throws IOException {
        shop.manifest("\"acme/ui\" = \"*\"");
        shop.install();
        assertFails(ErrorCode.DEPENDENCY, () -> shop.installer().remove(shop.change("leaf")));
        assertFails(
                ErrorCode.PACKAGE_NOT_FOUND, () -> shop.installer().remove(shop.change("none")));
        ChangeOutcome outcome = shop.installer().remove(shop.change("acme/ui"));
        assertThat(outcome.removed()).hasSize(2);
        assertThat(shop.installed("leaf")).doesNotExist();
        assertThat(shop.installed("@acme")).doesNotExist();
        assertThat(shop.project.resolve("ggen.toml")).content().doesNotContain("acme/ui");
        assertThat(shop.install().reused()).isEmpty();
    }

    @Test
    void updateTakesNewerVersionsInRange() throws IOException {
        shop.manifest("leaf = \"^1.0.0\"");
        shop.install();
        shop.publish("leaf", "1.2.0");
        shop.publish("leaf", "2.0.0");
        assertThat(shop.install().installed()).isEmpty();
        ChangeOutcome outcome = shop.installer().update(shop.change());
        assertThat(outcome.updated()).hasSize(1);
        assertThat(shop.installed("leaf/README.md")).hasContent("leaf@1.2.0");
        assertThat(shop.installed(".old")).doesNotExist();
    }

    @Test
    void undoTakesBackOneChangeAfterTheOther() throws IOException {
        shop.manifest("leaf = \"^1.0.0\"");
        String manifest = Files.readString(shop.project.resolve("ggen.toml"));
        shop.install();
        String first = shop.lockText();
        shop.publish("leaf", "1.2.0");
        shop.installer().update(shop.change());
        shop.add("acme/ui");
        UndoOutcome undone = shop.installer().undo(shop.inProject(), Set.of());
        assertThat(undone.command()).isEqualTo("add");
        assertThat(undone.removed()).hasSize(1);
        assertThat(shop.installed("@acme/ui")).doesNotExist();
        assertThat(shop.project.resolve("ggen.toml")).hasContent(manifest.strip());
        undone = shop.installer().undo(shop.inProject(), Set.of());
        assertThat(undone.command()).isEqualTo("update");
        assertThat(shop.lockText()).isEqualTo(first);
        assertThat(shop.installed("leaf/README.md")).hasContent("leaf@1.0.0");
        shop.installer().undo(shop.inProject(), Set.of());
        assertThat(shop.project.resolve("ggen.lock")).doesNotExist();
        assertThat(shop.installed("leaf")).doesNotExist();
        assertFails(
                ErrorCode.PACKAGE_NOT_FOUND,
                () -> shop.installer().undo(shop.inProject(), Set.of()));
    }

    @Test
    void undoRefusesWhatWasChangedSince() throws IOException {
        shop.manifest("leaf = \"^1.0.0\"");
        shop.install();
        Files.writeString(shop.project.resolve("ggen.lock"), shop.lockText() + "# mine\n");
        assertFails(ErrorCode.VALIDATION, () -> shop.installer().undo(shop.inProject(), Set.of()));
    }

    @Test
    void dryRunWritesNothing() throws IOException {
        shop.manifest("leaf = \"^1.0.0\"");
        ChangeOutcome outcome = shop.install(Flag.DRY_RUN);
        assertThat(names(outcome)).containsExactly("leaf@1.0.0");
        assertThat(outcome.dryRun()).isTrue();
        assertThat(shop.project.resolve(".ggen")).doesNotExist();
        assertThat(shop.project.resolve("ggen.lock")).doesNotExist();
        assertThat(shop.home.root()).doesNotExist();
    }

    @Test
    void lockedRefusesAStaleAndFrozenAMissingLockfile() throws IOException {
        shop.manifest("leaf = \"^1.0.0\"");
        assertFails(ErrorCode.SERIALIZATION, () -> shop.install(Flag.LOCKED));
        assertFails(ErrorCode.SERIALIZATION, () -> shop.install(Flag.FROZEN));
        shop.install();
        shop.manifest("leaf = \"^1.0.0\"", "\"acme/ui\" = \"*\"");
        assertFails(ErrorCode.VALIDATION, () -> shop.install(Flag.LOCKED));
        assertThat(shop.install(Flag.FROZEN).reused()).hasSize(1);
        assertThat(names(shop.install())).containsExactly("acme/ui@2.1.0");
        shop.manifest("leaf = \"^1.0.0\"");
        assertFails(ErrorCode.VALIDATION, () -> shop.install(Flag.LOCKED));
        assertThat(shop.install().removed()).hasSize(1);
    }

    @Test
    void installsForTheWholeHomeAndPinsTheKey() {
        ChangeOutcome outcome = shop.installGlobally("acme/ui");
        assertThat(names(outcome)).hasSize(2);
        assertThat(shop.home.packages().resolve("leaf/README.md")).exists();
        var trust = new TrustStore(shop.home).read();
        assertThat(trust.pinned(new PackageId("acme/ui"))).contains(shop.alice.did());
        assertThat(trust.pinned(new PackageId("leaf"))).isEmpty();
        assertThat(shop.installGlobally("acme/ui").reused()).hasSize(2);
        assertThat(shop.home.packages().resolve("ggen.lock")).content().contains("requested");
    }

    @Test
    void refusesAnotherKeyForAPinnedId() {
        TestPublisher bob = shop.bob;
        shop.publish(bob, "tool", "1.0.0");
        new TrustStore(shop.home)
                .pin(new PackageId("tool"), shop.alice.did(), java.time.Instant.EPOCH);
        assertFails(
                ErrorCode.SECURITY,
                () ->
                        shop.installer()
                                .install(
                                        new InstallRequest(
                                                shop.inHome(),
                                                List.of(PackageSpec.parse("tool")),
                                                Set.of(),
                                                Optional.of(bob.did()))));
        assertThat(shop.home.packages().resolve("tool")).doesNotExist();
    }

    @Test
    void asksWhoseWhereSeveralClaimAName() {
        shop.publish(shop.bob, "leaf", "1.0.0");
        assertThatThrownBy(() -> shop.installGlobally("leaf"))
                .hasMessageContaining("--publisher " + shop.alice.did())
                .hasMessageContaining("--publisher " + shop.bob.did());
    }

    @Test
    void aDependencyOfAnotherPublisherThanThePinIsRefused() {
        new TrustStore(shop.home)
                .pin(new PackageId("leaf"), shop.bob.did(), java.time.Instant.EPOCH);
        assertFails(ErrorCode.SECURITY, () -> shop.installGlobally("acme/ui"));
        assertThat(shop.home.packages().resolve("leaf")).doesNotExist();
    }

    @Test
    void refusesALockfileThatFixesOtherBytes() throws IOException {
        shop.manifest("leaf = \"*\"");
        shop.install();
        shop.publish("other", "1.0.0");
        Workshop other = shop;
        String tampered =
                other.lockText()
                        .replaceFirst("version = \"1.0.0\"", "version = \"1.0.0\"")
                        .replaceFirst("sha256-[^\"]*", "sha256-" + "A".repeat(42) + "A=");
        Files.writeString(shop.project.resolve("ggen.lock"), tampered);
        assertFails(ErrorCode.SECURITY, () -> shop.install());
        assertThat(shop.installed("leaf/README.md")).hasContent("leaf@1.0.0");
        assertThat(shop.lockText()).isEqualTo(tampered);
    }

    @Test
    void refusesToWriteThroughALinkOfAClonedRepository() throws IOException {
        shop.manifest("leaf = \"*\"");
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("precious"), "precious");
        Files.createSymbolicLink(shop.project.resolve(".ggen"), elsewhere);
        assertFails(ErrorCode.SECURITY, () -> shop.install());
        Files.delete(shop.project.resolve(".ggen"));
        shop.manifest("\"acme/ui\" = \"*\"");
        Files.createDirectories(shop.installed(""));
        Files.createSymbolicLink(shop.installed("@acme"), elsewhere);
        assertFails(ErrorCode.SECURITY, () -> shop.install());
        Files.createSymbolicLink(shop.installed(".new"), elsewhere);
        Files.delete(shop.installed("@acme"));
        shop.install();
        try (var left = Files.list(elsewhere)) {
            assertThat(left.map(p -> p.getFileName().toString())).containsExactly("precious");
        }
    }

    @Test
    void aLockThatIsALinkIsNotFollowed() throws IOException {
        shop.manifest("leaf = \"*\"");
        Path precious = Files.writeString(folder.resolve("precious"), "precious");
        Files.createDirectories(shop.installed(""));
        Files.createSymbolicLink(shop.installed(".lock"), precious);
        assertFails(ErrorCode.STORAGE, () -> shop.install());
        assertThat(precious).hasContent("precious");
    }

    @Test
    void removingALinkedFolderLeavesWhatItLeadsTo() throws IOException {
        shop.manifest("leaf = \"*\"");
        shop.install();
        Path mine = Files.createDirectory(folder.resolve("mine"));
        Files.writeString(mine.resolve("work"), "work");
        Trees.delete(shop.installed("leaf"));
        Files.createSymbolicLink(shop.installed("leaf"), mine);
        shop.installer().remove(shop.change("leaf"));
        assertThat(mine.resolve("work")).hasContent("work");
        assertThat(Trees.exists(shop.installed("leaf"))).isFalse();
    }

    @Test
    void refusesWhatIsTooLargeForTheDiskBeforeFetching() throws IOException {
        shop.manifest("leaf = \"*\"");
        shop.settings = shop.settings.withFreeSpace(path -> 10);
        assertThatThrownBy(shop::install)
                .isInstanceOfSatisfying(
                        MarketplaceException.class,
                        e -> {
                            assertThat(e.code()).isEqualTo(ErrorCode.INSUFFICIENT_SPACE);
                            assertThat(e.details()).containsKeys("required", "available");
                        });
        assertThat(shop.project.resolve("ggen.lock")).doesNotExist();
    }

    @Test
    void waitsForAnotherInstallAndThenNamesItsHolder() throws IOException {
        shop.manifest("leaf = \"*\"");
        Files.createDirectories(shop.installed(""));
        try (var held =
                io.ggen.base.ProcessLock.acquire(
                        shop.installed(".lock"), shop.settings.patience(), holder -> {})) {
            assertThatThrownBy(shop::install)
                    .hasMessageContaining("process " + ProcessHandle.current().pid());
            assertThat(shop.said).hasSize(2).first().asString().contains("waiting for");
            assertThat(held).isNotNull();
        }
        assertThat(names(shop.install())).containsExactly("leaf@1.0.0");
    }

    @Test
    void healsADamagedStoreFromTheRegistry() throws IOException {
        shop.manifest("leaf = \"*\"");
        shop.install();
        Trees.delete(shop.project.resolve(".ggen"));
        try (var segments = Files.list(shop.home.store().resolve("segments"))) {
            for (Path file : segments.toList()) {
                byte[] bytes = Files.readAllBytes(file);
                java.util.Arrays.fill(bytes, (byte) 7);
                Files.write(file, bytes);
            }
        }
        assertThat(names(shop.install())).containsExactly("leaf@1.0.0");
        assertThat(shop.installed("leaf/README.md")).hasContent("leaf@1.0.0");
        assertThat(shop.said).anyMatch(line -> line.contains("damaged"));
    }

    @Test
    void aDeniedPackageNamesTheList() throws IOException {
        shop.manifest("leaf = \"*\"");
        Files.createDirectories(shop.home.root());
        Files.writeString(
                shop.home.deny(),
                "[[deny]]\nid = \"leaf\"\nreason = \"steals keys\"\nlist = \"watch\"\n");
        assertThatThrownBy(shop::install)
                .hasMessageContaining("watch")
                .hasMessageContaining("steals keys");
        assertThat(names(shop.install(Flag.ALLOW_DENIED))).hasSize(1);
        assertThat(shop.install().reused()).hasSize(1);
    }

    @Test
    void aVersionMustHaveBeenSeenForTheMinimumAge() throws IOException {
        shop.manifest("leaf = \"*\"");
        shop.settings = shop.settings.withMinimumAge(java.time.Duration.ofDays(3));
        assertFails(ErrorCode.NO_MATCHING_VERSION, () -> shop.install());
    }

    @Test
    void yankedVersionsAreNotNewlyChosen() throws IOException {
        shop.publish("leaf", "1.5.0");
        shop.registry.yank(shop.alice.yank("leaf", "1.5.0", "broken"));
        shop.manifest("leaf = \"*\"");
        assertThat(names(shop.install())).containsExactly("leaf@1.0.0");
        assertThat(shop.add("leaf@1.5.0", Flag.ALLOW_YANKED).updated()).hasSize(1);
        assertThat(shop.said).anyMatch(line -> line.contains("yanked"));
    }

    @Test
    void leavesDependenciesOutWhenAsked() throws IOException {
        shop.manifest("\"acme/ui\" = \"*\"");
        assertThat(names(shop.install(Flag.NO_DEPENDENCIES))).containsExactly("acme/ui@2.1.0");
        assertThat(shop.install(Flag.NO_DEPENDENCIES).reused()).hasSize(1);
    }

    @Test
    void offlineRefusesToAskARemoteRegistry() throws IOException {
        shop.manifest("leaf = \"*\"");
        shop.install();
        assertThat(shop.install(Flag.OFFLINE).reused()).hasSize(1);
    }

    @Test
    void aFailureInTheMiddleLeavesEverythingAsItWas() throws IOException {
        shop.manifest("leaf = \"*\"");
        shop.install();
        String lock = shop.lockText();
        shop.publish("broken", "1.0.0");
        shop.wicked.contents =
                tar -> {
                    byte[] bytes = tar.toArray();
                    bytes[bytes.length / 2] ^= 1;
                    return io.ggen.base.Bytes.wrap(bytes);
                };
        shop.manifest("leaf = \"*\"", "broken = \"*\"");
        assertFails(ErrorCode.SECURITY, () -> shop.install());
        assertThat(shop.lockText()).isEqualTo(lock);
        assertThat(shop.installed("broken")).doesNotExist();
        assertThat(shop.installed(".new")).doesNotExist();
        shop.manifest("leaf = \"*\"");
        assertThat(shop.install().reused()).hasSize(1);
    }
}

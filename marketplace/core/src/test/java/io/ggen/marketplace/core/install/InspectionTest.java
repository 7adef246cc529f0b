package io.ggen.marketplace.core.install;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.marketplace.core.install.VerifyOutcome.State;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.Version;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

class InspectionTest {
    @TempDir private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Workshop shop;

    @BeforeEach
    void open() throws IOException {
        shop = new Workshop(folder);
        shop.publish("leaf", "1.0.0");
        shop.publish("mid", "1.0.0", "leaf@^1.0.0");
        shop.publish("acme/ui", "2.1.0", "leaf@^1.0.0", "mid@*");
        shop.manifest("\"acme/ui\" = \"^2.0.0\"", "leaf = \"~1.0\"");
        shop.install();
    }

    @AfterEach
    void close() throws IOException {
        shop.close();
    }

    private Inspection inspection() {
        return new Inspection(shop.environment(), shop.inProject());
    }

    private VerifyOutcome verify(boolean heal) {
        return new Verification(shop.environment(), shop.inProject()).run(List.of(), heal);
    }

    @Test
    void listsWhatIsInstalledAndWhatWasAskedFor() {
        assertThat(inspection().list())
                .extracting(item -> item.id() + " " + item.requested().isPresent())
                .containsExactly("acme/ui true", "leaf true", "mid false");
        assertThat(inspection().list().getFirst().path()).isDirectory();
    }

    @Test
    void tellsWhatIsNewerInRangeAndAtAllAlsoForWhatCameAlong() {
        assertThat(inspection().outdated()).isEmpty();
        shop.publish("leaf", "1.0.4");
        shop.publish("leaf", "2.0.0");
        shop.publish("mid", "9.0.0");
        assertThat(inspection().outdated())
                .containsExactly(
                        new Inspection.Outdated(
                                new PackageId("leaf"),
                                Version.of(1, 0, 0),
                                Version.of(1, 0, 4),
                                Version.of(2, 0, 0)),
                        new Inspection.Outdated(
                                new PackageId("mid"),
                                Version.of(1, 0, 0),
                                Version.of(9, 0, 0),
                                Version.of(9, 0, 0)));
    }

    @Test
    void showsTheTreeWithEachPackageOnceInFull() {
        List<Inspection.Node> roots = inspection().tree();
        assertThat(roots).extracting(node -> node.id().text()).containsExactly("acme/ui", "leaf");
        assertThat(roots.getFirst().dependencies())
                .extracting(node -> node.id().text())
                .containsExactly("leaf", "mid");
    }

    @Test
    void tellsWhyAPackageIsThere() {
        assertThat(inspection().why(new PackageId("leaf")))
                .extracting(Object::toString)
                .containsExactly("[leaf]", "[acme/ui, leaf]", "[acme/ui, mid, leaf]");
        InstallerTest.assertFails(
                ErrorCode.PACKAGE_NOT_FOUND, () -> inspection().why(new PackageId("none")));
    }

    @Test
    void verifiesFilesAndSignatures() {
        assertThat(verify(false).packages()).extracting("state").containsOnly(State.OK);
        assertThat(verify(false).exitStatus()).isZero();
    }

    @Test
    void findsEveryChangedFileAndHealsIt() throws IOException {
        Files.writeString(shop.installed("leaf/README.md"), "changed");
        Files.writeString(shop.installed("mid/new"), "more");
        Files.delete(shop.installed("@acme/ui/bin/run"));
        VerifyOutcome found = verify(false);
        assertThat(found.packages()).extracting("state").containsOnly(State.CORRUPT);
        assertThat(found.exitStatus()).isEqualTo(8);
        shop.asked();
        assertThat(verify(true).packages()).extracting("state").containsOnly(State.HEALED);
        assertThat(shop.asked()).isZero();
        assertThat(shop.installed("leaf/README.md")).hasContent("leaf@1.0.0");
        assertThat(shop.installed("mid/new")).doesNotExist();
        assertThat(shop.install().installed()).isEmpty();
    }

    @Test
    void anExecutableBitIsPartOfAPackage() throws IOException {
        Files.setPosixFilePermissions(
                shop.installed("leaf/bin/run"),
                java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(verify(false).packages().get(1).state()).isEqualTo(State.CORRUPT);
    }

    @Test
    void healsFromTheRegistryWhereTheStoreIsGone() throws IOException {
        shop.loseStore();
        Files.writeString(shop.installed("leaf/README.md"), "changed");
        assertThat(verify(true).packages().get(1).state()).isEqualTo(State.HEALED);
    }

    @Test
    void cannotVerifyWhatNobodyHasARecordOf() throws IOException {
        shop.loseStore();
        shop.registry.delete(
                io.ggen.marketplace.model.PackageRef.of(new PackageId("leaf")),
                Version.of(1, 0, 0));
        VerifyOutcome found = verify(false);
        assertThat(found.packages().get(1).state()).isEqualTo(State.UNVERIFIABLE);
        assertThat(found.exitStatus()).isEqualTo(32);
    }

    @Test
    void doesNotTrustALockfileThatNamesAnotherPublisher() throws IOException {
        String lock = shop.lockText().replace(shop.alice.did().text(), shop.bob.did().text());
        Files.writeString(shop.project.resolve("ggen.lock"), lock);
        shop.registry.fail(ErrorCode.NETWORK, "nobody is there");
        assertThat(verify(false).exitStatus()).isEqualTo(32);
        new io.ggen.marketplace.core.trust.TrustStore(shop.home)
                .pin(new PackageId("leaf"), shop.alice.did(), java.time.Instant.EPOCH);
        assertThat(verify(false).packages().get(1).state()).isEqualTo(State.UNTRUSTED);
    }

    @Test
    void cleaningKeepsWhatLockfilesAndTheLastChangeNeed() throws IOException {
        shop.publish("leaf", "1.0.4");
        shop.installer().update(shop.change());
        assertThat(new Cleaning(shop.environment()).run(false).removed()).isEmpty();
        shop.installer().undo(shop.inProject(), Set.of());
        CleanOutcome outcome = new Cleaning(shop.environment()).run(false);
        assertThat(outcome.removed()).hasSize(1);
        assertThat(outcome.freedBytes()).isPositive();
        Trees.delete(shop.project.resolve(".ggen"));
        shop.registry.fail(ErrorCode.NETWORK, "nobody is there");
        assertThat(shop.install().installed()).hasSize(3);
    }

    @Test
    void cleaningEverythingForgetsWhatUndoNeeds() throws IOException {
        shop.publish("leaf", "1.0.4");
        shop.installer().update(shop.change());
        Files.createDirectories(shop.home.index());
        Files.writeString(shop.home.index().resolve("segment"), "x");
        assertThat(new Cleaning(shop.environment()).run(true).removed()).hasSize(2);
        assertThat(shop.home.index()).doesNotExist();
        InstallerTest.assertFails(
                ErrorCode.PACKAGE_NOT_FOUND,
                () -> shop.installer().undo(shop.inProject(), Set.of()));
    }
}

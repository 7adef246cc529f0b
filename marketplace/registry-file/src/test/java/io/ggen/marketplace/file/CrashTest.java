package io.ggen.marketplace.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.base.Bytes;
import io.ggen.base.ProcessLock;
import io.ggen.base.Sha256;
import io.ggen.marketplace.core.Home;
import io.ggen.marketplace.core.Listing;
import io.ggen.marketplace.core.Progress;
import io.ggen.marketplace.core.RegistryContext;
import io.ggen.marketplace.core.SamplePackage;
import io.ggen.marketplace.core.TestPublisher;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.model.Version;
import io.ggen.testkit.Fault;
import io.ggen.testkit.FaultyFileSystem;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;

/** Every operation on the disk fails in turn: afterwards all is as before or as it should be. */
final class CrashTest {
    private static final Version ONE = Version.of(1, 0, 0);

    /** Every operation with {@code -Dggen.stride=1}; else a share of them, for time. */
    private static final int STRIDE = Integer.getInteger("ggen.stride", 3);

    @TempDir Path directory;

    private final TestPublisher alice = TestPublisher.number(1);
    private final TestPublisher bob = TestPublisher.number(2);

    /** What is done to the package {@code id}. */
    @FunctionalInterface
    interface Step {
        void run(FileRegistry registry, String id);
    }

    private static FileRegistry open(Path home) {
        Home place = new Home(home);
        return new FileRegistry(
                new RegistryContext(
                        place,
                        place.registry(),
                        100,
                        InstantSource.system(),
                        Progress.silent(),
                        ProcessLock.Patience.standard()));
    }

    private void publish(FileRegistry registry, String id) {
        alice.release(id, "1.0.0").publishIn(registry);
    }

    private static void unpublish(FileRegistry registry, String id) {
        registry.delete(Fixture.ref(id), ONE);
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void publishingANewPackage(Fault fault) throws IOException {
        everyOperation(fault, (registry, id) -> {}, this::publish);
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void publishingANewVersion(Fault fault) throws IOException {
        everyOperation(
                fault,
                this::publish,
                (registry, id) -> alice.release(id, "1.1.0").publishIn(registry));
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void unpublishing(Fault fault) throws IOException {
        everyOperation(fault, this::publish, CrashTest::unpublish);
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void yanking(Fault fault) throws IOException {
        everyOperation(
                fault,
                this::publish,
                (registry, id) -> registry.yank(alice.yank(id, "1.0.0", "x")));
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void publishingAgainWhatWasUnpublished(Fault fault) throws IOException {
        everyOperation(
                fault,
                (registry, id) -> {
                    publish(registry, id);
                    unpublish(registry, id);
                },
                this::publish);
    }

    private void everyOperation(Fault fault, Step before, Step step) throws IOException {
        SamplePackage keep = bob.release("keep", "1.0.0");
        try (FileRegistry registry = open(directory)) {
            keep.publishIn(registry);
        }
        boolean failed = true;
        for (int n = 1; failed; n += STRIDE) {
            String id = "p" + n;
            try (FileRegistry registry = open(directory)) {
                before.run(registry, id);
            }
            failed = attempt(step, id, n, fault);
            check(keep, id, fault + " at operation " + n);
            assertThat(n).isLessThan(100);
        }
    }

    /** Returns whether anything was made to fail. */
    private boolean attempt(Step step, String id, int n, Fault fault) throws IOException {
        FaultyFileSystem disk = new FaultyFileSystem();
        disk.failAt(n, fault);
        boolean done = true;
        try (FileRegistry registry = open(disk.wrap(directory))) {
            step.run(registry, id);
        } catch (MarketplaceException e) {
            done = false;
            assertThat(e.hint()).isNotBlank();
        }
        boolean failed = disk.injected() > 0;
        disk.heal();
        if (fault == Fault.CRASH) {
            disk.losePower();
            // the machine starts anew, and a table of an earlier start does not count
            Files.deleteIfExists(new Layout(new Home(directory).registry()).offsets());
        }
        assertThat(done || failed).as(fault + " at operation " + n).isTrue();
        return failed;
    }

    private void check(SamplePackage keep, String id, String when) throws IOException {
        Fixture fixture = new Fixture(directory);
        try (FileRegistry registry = open(directory)) {
            Listing kept = registry.getPackage(Fixture.ref("keep")).orElseThrow();
            assertThat(kept.release()).as(when).isEqualTo(keep.release());
            assertThat(bob.release("next-" + id, "1.0.0").publishIn(registry).created()).isTrue();
            for (var version : registry.listVersions(Fixture.ref(id))) {
                Listing listing =
                        registry.getPackageVersion(Fixture.ref(id), version.version())
                                .orElseThrow();
                try (InputStream in = registry.open(listing)) {
                    assertThat(Sha256.of(Bytes.wrap(in.readAllBytes())))
                            .as(when)
                            .isEqualTo(listing.release().content().sha256());
                }
            }
            assertThat(fixture.listed().contains(id))
                    .as(id + " in index.json, " + when)
                    .isEqualTo(registry.exists(Fixture.ref(id)));
        }
    }
}

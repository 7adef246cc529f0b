package io.ggen.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.testkit.Fault;
import io.ggen.testkit.FaultyFileSystem;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Every operation that changes the disk fails once, in turn, in publish, install, update and undo.
 * After each failure the state is the old or the new one, the next command works, and everything
 * that is there is whole.
 */
class FaultInjectionTest {
    @TempDir private Path folder;

    /** What is done, from which state, and what the next command is. */
    private record Case(
            String name, Consumer<World> prepare, Consumer<World> act, Consumer<World> next) {}

    /** The lockfiles that may be found after a failure. */
    private record Allowed(SortedMap<String, String> before, SortedMap<String, String> after) {}

    private static final Case PUBLISH =
            new Case("publish", world -> world.write("1.0.0"), World::publish, World::publish);
    private static final Case INSTALL =
            new Case("install", FaultInjectionTest::published, World::install, World::install);
    private static final Case UPDATE =
            new Case("update", FaultInjectionTest::outdated, World::update, World::install);
    private static final Case UNDO =
            new Case("undo", FaultInjectionTest::updated, World::undo, World::install);

    private static void published(World world) {
        world.write("1.0.0");
        world.publish();
        world.writeProject();
    }

    private static void outdated(World world) {
        published(world);
        world.install();
        world.write("1.1.0");
        world.publish();
    }

    private static void updated(World world) {
        outdated(world);
        world.update();
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void publishFailsAtEveryStep(Fault fault) throws IOException {
        loop(PUBLISH, fault);
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void installFailsAtEveryStep(Fault fault) throws IOException {
        loop(INSTALL, fault);
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void updateFailsAtEveryStep(Fault fault) throws IOException {
        loop(UPDATE, fault);
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void undoFailsAtEveryStep(Fault fault) throws IOException {
        loop(UNDO, fault);
    }

    private void loop(Case which, Fault fault) throws IOException {
        Path place = folder.resolve("world"); // the journal knows a project by its path
        which.prepare().accept(new World(place));
        SortedMap<String, String> before = Soundness.locked(place.resolve("project"));
        Path template = copy(place, folder.resolve("template"));
        which.act().accept(new World(place));
        Allowed allowed = new Allowed(before, Soundness.locked(place.resolve("project")));
        int n = 0;
        int failed;
        do {
            delete(place);
            failed = once(which, fault, ++n, copy(template, place), allowed);
        } while (failed > 0);
        assertThat(n).as("operations of %s", which.name()).isGreaterThan(5);
    }

    private static int once(Case which, Fault fault, int n, Path real, Allowed allowed)
            throws IOException {
        FaultyFileSystem fileSystem = new FaultyFileSystem();
        World failing = new World(fileSystem.wrap(real));
        fileSystem.failAt(n, fault);
        Optional<MarketplaceException> error = attempt(failing, which.act());
        int injected = fileSystem.injected();
        var operations = fileSystem.operations();
        String where = "%s, %s at %d: %s".formatted(which.name(), fault, n, operations);
        try {
            error.ifPresent(FaultInjectionTest::checkError);
            World next = new World(real);
            which.next().accept(next);
            Path project = real.resolve("project");
            Soundness.checkProject(project);
            assertThat(next.wrong()).isEmpty();
            assertThat(Soundness.locked(project)).isIn(allowed.before(), allowed.after());
            next.withRegistry(registry -> {
                Soundness.checkRegistry(registry);
                return 0;
            });
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(where, e);
        }
        return injected;
    }

    private static Optional<MarketplaceException> attempt(World world, Consumer<World> act) {
        try {
            act.accept(world);
            return Optional.empty();
        } catch (MarketplaceException e) {
            return Optional.of(e);
        }
    }

    private static void checkError(MarketplaceException error) {
        assertThat(error.code()).isNotEqualTo(ErrorCode.INTERNAL);
        assertThat(error.hint()).isNotBlank();
    }

    private static Path copy(Path source, Path target) throws IOException {
        try (Stream<Path> walk = Files.walk(source)) {
            for (Path path : (Iterable<Path>) walk::iterator) {
                Files.copy(path, target.resolve(source.relativize(path).toString()));
            }
        }
        return target;
    }

    private static void delete(Path tree) throws IOException {
        try (Stream<Path> walk = Files.walk(tree)) {
            for (Path path : (Iterable<Path>) walk.sorted((a, b) -> b.compareTo(a))::iterator) {
                Files.delete(path);
            }
        }
    }
}

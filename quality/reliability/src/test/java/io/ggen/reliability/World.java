package io.ggen.reliability;

import io.ggen.base.ProcessLock;
import io.ggen.content.BlockSink;
import io.ggen.content.ContentHasher;
import io.ggen.content.FileTree;
import io.ggen.content.PathFilter;
import io.ggen.marketplace.core.Home;
import io.ggen.marketplace.core.Progress;
import io.ggen.marketplace.core.Registry;
import io.ggen.marketplace.core.RegistryContext;
import io.ggen.marketplace.core.install.ChangeRequest;
import io.ggen.marketplace.core.install.InstallEnvironment;
import io.ggen.marketplace.core.install.InstallPlace;
import io.ggen.marketplace.core.install.InstallRequest;
import io.ggen.marketplace.core.install.InstallSettings;
import io.ggen.marketplace.core.install.Installer;
import io.ggen.marketplace.core.install.Verification;
import io.ggen.marketplace.core.install.VerifyOutcome;
import io.ggen.marketplace.core.keys.KeyStore;
import io.ggen.marketplace.core.keys.Passphrases;
import io.ggen.marketplace.core.publish.Planner;
import io.ggen.marketplace.core.publish.PublishRequest;
import io.ggen.marketplace.core.publish.Publisher;
import io.ggen.marketplace.core.store.BlockStore;
import io.ggen.marketplace.file.FileRegistryProvider;
import io.ggen.marketplace.model.Did;
import io.ggen.testkit.ManualClock;
import io.ggen.testkit.TempTree;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A home with a registry and a project beside it. Each operation opens everything anew and closes
 * it, as a process of its own would.
 */
final class World {
    private static final ProcessLock.Patience SHORT =
            new ProcessLock.Patience(1, Duration.ofSeconds(5));

    private final Home home;
    private final Path root;
    private final Path project;
    private final Function<Home, Registry> opening;
    private final ManualClock clock = ManualClock.fixed();

    World(Path root) {
        this(root, "project");
    }

    World(Path root, String project) {
        this.root = root;
        home = new Home(root.resolve("home"));
        this.project = root.resolve(project);
        this.opening = this::files;
    }

    /** A home that publishes to {@code network} and installs from it, which outlives each use. */
    World(Path root, Registry network) {
        this.root = root;
        home = new Home(root.resolve("home"));
        this.project = root.resolve("project");
        this.opening = _ -> network;
    }

    private Registry files(Home of) {
        return new FileRegistryProvider()
                .open(new RegistryContext(of, of.registry(), 100, clock, Progress.silent(), SHORT));
    }

    Path project() {
        return project;
    }

    InstallPlace place() {
        return InstallPlace.project(project);
    }

    /** Writes the sources of app-pack and leaf-pack at {@code version}. */
    void write(String version) {
        TempTree.in(root.resolve("leaf"))
                .file("package.toml", manifest("leaf-pack", version, ""))
                .file("templates/a.tera", "leaf " + version + "\n".repeat(50))
                .executable("bin/run", "#!/bin/sh\necho " + version + "\n");
        TempTree.in(root.resolve("app"))
                .file(
                        "package.toml",
                        manifest(
                                "app-pack",
                                version,
                                "[dependencies]\nleaf-pack = { version = \"^1.0.0\","
                                        + " publisher = \"self\" }\n"))
                .file("README.md", "# app " + version + "\n");
    }

    private static String manifest(String name, String version, String rest) {
        return "[package]\nname = \"%s\"\nversion = \"%s\"\ndescription = \"d\"\n%s"
                .formatted(name, version, rest);
    }

    void writeProject() {
        TempTree.in(project)
                .file(
                        "ggen.toml",
                        "[project]\nname = \"p\"\n\n[dependencies]\napp-pack = \"^1.0.0\"\n");
    }

    /** Publishes both packages. */
    void publish() {
        withRegistry(registry ->
                new Publisher(keys(), registry, services())
                        .publish(
                                new PublishRequest(
                                        List.of(root.resolve("leaf"), root.resolve("app")),
                                        KeyStore.DEFAULT,
                                        Planner.Options.standard(),
                                        false,
                                        _ -> {}))
                        .orThrow());
    }

    private Publisher.Services services() {
        return new Publisher.Services(_ -> Optional.empty(), clock);
    }

    private KeyStore keys() {
        return new KeyStore(home, clock, Passphrases.none(), Progress.silent(), SHORT);
    }

    private Optional<Did> ownKey() {
        return Optional.of(keys().open(KeyStore.DEFAULT).did());
    }

    void install() {
        withInstaller(installer ->
                installer.install(
                        new InstallRequest(place(), List.of(), Set.of(), Optional.empty())));
    }

    void update() {
        withInstaller(
                installer -> installer.update(new ChangeRequest(place(), List.of(), Set.of())));
    }

    void undo() {
        withInstaller(installer -> installer.undo(place(), Set.of()));
    }

    /** Returns what `verify` says of the packages that are not in order; none when all is well. */
    List<VerifyOutcome.Verified> wrong() {
        return withEnvironment(environment ->
                new Verification(environment, place())
                        .run(List.of(), false).packages().stream()
                                .filter(p -> p.state() != VerifyOutcome.State.OK)
                                .toList());
    }

    private void withInstaller(Consumer<Installer> action) {
        withEnvironment(environment -> {
            action.accept(new Installer(environment));
            return 0;
        });
    }

    private <T> T withEnvironment(Function<InstallEnvironment, T> action) {
        return withRegistry(registry -> {
            try (BlockStore store = new BlockStore(home.store(), _ -> {})) {
                return action.apply(
                        new InstallEnvironment(
                                home,
                                () -> registry,
                                store,
                                Progress.silent(),
                                clock,
                                this::ownKey,
                                InstallSettings.standard().withPatience(SHORT)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    <T> T withRegistry(Function<Registry, T> action) {
        Registry registry = opening.apply(home);
        try {
            return action.apply(registry);
        } finally {
            registry.close();
        }
    }

    /** Returns the CID of what lies in {@code folder}. */
    static String cidOf(Path folder) {
        try {
            return ContentHasher.digest(
                            FileTree.scan(folder, PathFilter.everything()), BlockSink.discard())
                    .cid()
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

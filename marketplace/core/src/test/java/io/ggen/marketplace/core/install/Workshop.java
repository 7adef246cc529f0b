package io.ggen.marketplace.core.install;

import io.ggen.base.Bytes;
import io.ggen.base.ProcessLock;
import io.ggen.content.ByteSource;
import io.ggen.content.FileTree;
import io.ggen.content.TreeEntry;
import io.ggen.marketplace.core.FakeRegistry;
import io.ggen.marketplace.core.Home;
import io.ggen.marketplace.core.Progress;
import io.ggen.marketplace.core.Registry;
import io.ggen.marketplace.core.SamplePackage;
import io.ggen.marketplace.core.TestPublisher;
import io.ggen.marketplace.core.store.BlockStore;
import io.ggen.marketplace.model.Dependency;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.VersionRange;
import io.ggen.testkit.ManualClock;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A home, a registry in memory and a project, for tests of installing. */
final class Workshop implements AutoCloseable {
    final TestPublisher alice = TestPublisher.number(1);
    final TestPublisher bob = TestPublisher.number(2);
    final FakeRegistry registry = new FakeRegistry("file");
    final WickedRegistry wicked = new WickedRegistry(registry);
    final List<String> said = Collections.synchronizedList(new ArrayList<>());
    final Path folder;
    final Home home;
    Path project;
    InstallSettings settings =
            InstallSettings.standard()
                    .withBootId("boot one")
                    .withPatience(new ProcessLock.Patience(2, Duration.ofMillis(60)));
    private BlockStore store;
    private Registry inUse = wicked;
    private int asked;

    Workshop(Path folder) throws IOException {
        this.folder = folder;
        home = new Home(folder.resolve("home"));
        project = Files.createDirectories(folder.resolve("project"));
        store = open();
    }

    private BlockStore open() {
        return new BlockStore(home.store(), said::add);
    }

    void publish(String id, String version, String... dependencies) {
        publish(alice, id, version, dependencies);
    }

    void publish(TestPublisher publisher, String id, String version, String... dependencies) {
        pack(publisher, id, version, dependencies).publishIn(registry);
    }

    /** Makes a package with a file, a script and a folder; dependencies are {@code id@range}. */
    static SamplePackage pack(
            TestPublisher publisher, String id, String version, String... dependencies) {
        List<Dependency> all = new ArrayList<>();
        for (String one : dependencies) {
            int sign = one.indexOf('@');
            all.add(
                    new Dependency(
                            new PackageId(one.substring(0, sign)),
                            VersionRange.parse(one.substring(sign + 1)),
                            Optional.of(publisher.did()),
                            false));
        }
        return publisher.release(
                id, version, TestPublisher.about(id), all, tree(id + "@" + version));
    }

    static FileTree tree(String text) {
        return FileTree.of(
                List.of(
                        file("README.md", text, false),
                        file("bin/run", "#!/bin/sh\necho " + text + "\n", true),
                        file("large", (text + "\n").repeat(2000), false),
                        new TreeEntry.Directory("empty")));
    }

    private static TreeEntry.RegularFile file(String path, String text, boolean executable) {
        Bytes bytes = Bytes.utf8(text);
        return new TreeEntry.RegularFile(path, bytes.length(), executable, ByteSource.of(bytes));
    }

    InstallEnvironment environment() {
        return new InstallEnvironment(
                home,
                this::ask,
                store,
                new Listener(),
                ManualClock.fixed(),
                () -> Optional.of(alice.did()),
                settings);
    }

    private Registry ask() {
        asked++;
        return inUse;
    }

    /** From now on packages come from {@code other}. */
    void use(Registry other) {
        inUse = other;
    }

    /** From now on the user works in another project. */
    void project(String name) throws IOException {
        project = Files.createDirectories(folder.resolve(name));
    }

    /** Returns how often the registry was wanted since the last call. */
    int asked() {
        int count = asked;
        asked = 0;
        return count;
    }

    private final class Listener implements Progress {
        @Override
        public Task start(String label, long total) {
            return Progress.silent().start(label, total);
        }

        @Override
        public void say(String message) {
            said.add(message);
        }
    }

    Installer installer() {
        return new Installer(environment());
    }

    InstallPlace inProject() {
        return InstallPlace.project(project);
    }

    InstallPlace inHome() {
        return InstallPlace.global(home.packages());
    }

    void manifest(String... lines) throws IOException {
        Files.writeString(
                project.resolve("ggen.toml"),
                "[project]\nname = \"demo\"\n\n[dependencies]\n" + String.join("\n", lines) + "\n");
    }

    ChangeOutcome install(Flag... flags) {
        return installer()
                .install(
                        new InstallRequest(
                                inProject(), List.of(), Set.of(flags), Optional.empty()));
    }

    ChangeOutcome installGlobally(String spec, Flag... flags) {
        return installer().install(request(inHome(), spec, flags));
    }

    ChangeOutcome add(String spec, Flag... flags) {
        return installer().add(request(inProject(), spec, flags));
    }

    static InstallRequest request(InstallPlace place, String spec, Flag... flags) {
        return new InstallRequest(
                place, List.of(PackageSpec.parse(spec)), Set.of(flags), Optional.empty());
    }

    ChangeRequest change(String... ids) {
        return new ChangeRequest(
                inProject(), List.of(ids).stream().map(PackageId::new).toList(), Set.of());
    }

    Path installed(String path) {
        return project.resolve(".ggen/packages").resolve(path);
    }

    String lockText() throws IOException {
        return Files.readString(project.resolve("ggen.lock"));
    }

    /** Forgets the store, as a new home does. */
    void loseStore() throws IOException {
        store.close();
        Trees.delete(home.store());
        store = open();
    }

    BlockStore store() {
        return store;
    }

    @Override
    public void close() throws IOException {
        store.close();
    }
}

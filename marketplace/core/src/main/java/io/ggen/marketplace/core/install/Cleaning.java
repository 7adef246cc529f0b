package io.ggen.marketplace.core.install;

import io.ggen.base.Sha256;
import io.ggen.marketplace.core.Home;
import io.ggen.marketplace.core.Progress;
import io.ggen.marketplace.core.install.journal.ChangeRecord;
import io.ggen.marketplace.core.install.journal.Journal;
import io.ggen.marketplace.core.install.lock.LockedPackage;
import io.ggen.marketplace.core.install.lock.Lockfile;
import io.ggen.marketplace.core.store.BlockStore;
import io.ggen.marketplace.core.store.StorageFailure;
import io.ggen.marketplace.core.store.Swept;
import io.ggen.marketplace.model.MarketplaceException;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Frees what nobody needs any more: contents that no known lockfile and no last journal entry
 * names, and what crashes left. Never follows a link; cannot be undone.
 */
public final class Cleaning {
    private final InstallEnvironment environment;

    /** Makes a cleaning of the environment's home. */
    public Cleaning(InstallEnvironment environment) {
        this.environment = environment;
    }

    /**
     * Cleans.
     *
     * @param all whether also what {@code undo} needs goes, and the search index, which gets built
     *     again
     */
    public CleanOutcome run(boolean all) {
        try {
            List<String> removed = new ArrayList<>();
            var journal = new Journal(environment.home().journal());
            long freed = all ? journal.clear() : 0;
            if (Trees.isFolder(environment.home().store())) {
                Swept swept =
                        environment
                                .store()
                                .sweep(
                                        needed(
                                                environment.home(),
                                                environment.store(),
                                                environment.progress()),
                                        environment.clock().instant());
                freed += swept.freedBytes();
                swept.contents().forEach(cid -> removed.add(cid.toString()));
            }
            if (all && Trees.exists(environment.home().index())) {
                freed += size(environment.home().index());
                Trees.delete(environment.home().index());
                removed.add("index");
            }
            return new CleanOutcome(freed, removed);
        } catch (IOException e) {
            throw StorageFailure.of("clean " + environment.home().root(), e);
        }
    }

    /**
     * Returns the contents that lockfiles of this home name, and those that undoing the last change
     * of each would bring back.
     *
     * @param progress hears of lockfiles that cannot be read
     */
    public static Set<Sha256> needed(Home home, BlockStore store, Progress progress)
            throws IOException {
        Set<Sha256> needed = new HashSet<>();
        Set<Path> lockfiles = new HashSet<>(store.roots());
        lockfiles.add(home.packages().resolve(Lockfile.NAME));
        for (Path lockfile : lockfiles) {
            Optional<String> text = Lockfile.readText(lockfile);
            if (text.isPresent()) {
                add(lockfile.toString(), text.get(), needed, progress);
            }
        }
        for (Journal.Entry entry : new Journal(home.journal()).lastOfEach()) {
            String file = entry.file().toString();
            ChangeRecord.Texts texts = entry.change().lockfile();
            texts.before().ifPresent(text -> add(file, text, needed, progress));
            texts.after().ifPresent(text -> add(file, text, needed, progress));
        }
        return needed;
    }

    private static void add(String file, String text, Set<Sha256> needed, Progress progress) {
        try {
            for (LockedPackage one : Lockfile.parse(file, text).packages()) {
                needed.add(one.integrity());
            }
        } catch (MarketplaceException e) {
            progress.say("what a broken lockfile names is not kept: " + e.getMessage());
        }
    }

    private static long size(Path folder) throws IOException {
        long[] bytes = new long[1];
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        bytes[0] += attributes.size();
                        return FileVisitResult.CONTINUE;
                    }
                });
        return bytes[0];
    }
}

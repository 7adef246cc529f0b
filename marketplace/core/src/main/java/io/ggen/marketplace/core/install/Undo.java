package io.ggen.marketplace.core.install;

import io.ggen.marketplace.core.install.journal.ChangeRecord;
import io.ggen.marketplace.core.install.journal.Journal;
import io.ggen.marketplace.core.install.lock.Lockfile;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Takes back the last change of a place, as a change of its own. */
final class Undo {
    private final InstallEnvironment environment;
    private final InstallPlace place;
    private final Set<Flag> flags;

    Undo(InstallEnvironment environment, InstallPlace place, Set<Flag> flags) {
        this.environment = environment;
        this.place = place;
        this.flags = flags;
    }

    UndoOutcome run() throws IOException {
        Journal.Entry entry = last();
        ChangeRecord change = entry.change();
        Lockfile before = lockfile(change.lockfile().before());
        Situation situation =
                new Situation(
                        change.lockfile().after(),
                        lockfile(change.lockfile().after()),
                        Optional.empty());
        Plan plan =
                new Plan(
                        before,
                        change.manifest().before(),
                        Map.of(),
                        new HashSet<>(before.ids()),
                        false);
        var texts =
                new Application.Texts(
                        "undo",
                        reverse(change.lockfile()),
                        reverse(change.manifest()),
                        it -> Optional.empty());
        Set<Flag> allowed = new HashSet<>(flags);
        allowed.add(Flag.ALLOW_UNSIGNED); // it stood there before
        allowed.add(Flag.NO_DEPENDENCIES); // and it may have stood there without them
        ChangeOutcome outcome =
                new Application(environment, place, allowed, new Owners(environment, place))
                        .run(situation, plan, texts);
        if (!outcome.dryRun()) {
            Files.deleteIfExists(entry.file());
        }
        List<ChangeOutcome.Named> restored = new ArrayList<>();
        outcome.installed()
                .forEach(one -> restored.add(new ChangeOutcome.Named(one.id(), one.version())));
        return new UndoOutcome(change.command(), change.at(), restored, outcome.removed());
    }

    private Lockfile lockfile(Optional<String> text) {
        return text.map(it -> Lockfile.parse(place.lockfile().toString(), it))
                .orElse(Lockfile.empty());
    }

    private static ChangeRecord.Texts reverse(ChangeRecord.Texts texts) {
        return new ChangeRecord.Texts(texts.after(), texts.before());
    }

    /** Returns the last change that still stands; one that was just taken back is forgotten. */
    private Journal.Entry last() throws IOException {
        var journal = new Journal(environment.home().journal());
        String name = place.packages().toAbsolutePath().normalize().toString();
        Optional<String> lockfile = Lockfile.readText(place.lockfile());
        Optional<String> manifest = place.manifest().flatMap(Lockfile::readText);
        for (var entry = journal.last(name); entry.isPresent(); entry = journal.last(name)) {
            ChangeRecord change = entry.get().change();
            if (change.lockfile().after().equals(lockfile)
                    && (!change.manifest().differ()
                            || change.manifest().after().equals(manifest))) {
                return entry.get();
            }
            if (!change.lockfile().before().equals(lockfile)
                    || (change.manifest().differ()
                            && !change.manifest().before().equals(manifest))) {
                throw changedSince(change);
            }
            Files.deleteIfExists(entry.get().file());
        }
        throw new MarketplaceException(
                ErrorCode.PACKAGE_NOT_FOUND,
                "There is nothing to undo for " + place.packages() + ".",
                "`ggen m undo` takes back the last install, add, update or remove of a project, with"
                        + " --global of the home.");
    }

    private MarketplaceException changedSince(ChangeRecord change) {
        Path file = place.lockfile();
        return new MarketplaceException(
                ErrorCode.VALIDATION,
                "Cannot undo the "
                        + change.command()
                        + " of "
                        + change.at()
                        + ": "
                        + file
                        + " or the manifest was changed since.",
                "Bring both files back with version control, then run `ggen m install`.");
    }
}

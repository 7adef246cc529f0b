package io.ggen.marketplace.core.install;

import io.ggen.marketplace.core.install.lock.LockedPackage;
import io.ggen.marketplace.core.install.lock.Lockfile;
import io.ggen.marketplace.core.install.lock.LockfileLines;
import io.ggen.marketplace.model.Dependency;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.Release;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Doubts what a lockfile says, for it may come from anybody: holds it against signed records. What
 * is refused is named by file and line.
 */
final class Doubt {
    private final Path lockfile;
    private final boolean bare;

    /** Doubts {@code lockfile}; where {@code bare}, dependencies may be missing in it. */
    Doubt(Path lockfile, boolean bare) {
        this.lockfile = lockfile;
        this.bare = bare;
    }

    /** Refuses an entry that says other things than the release that it locks. */
    void check(LockedPackage one, Lockfile all, Release signed) {
        if (!signed.content().cid().equals(one.cid())) {
            throw refused(
                    one, "cid", "the signed record has the content " + signed.content().cid());
        }
        Set<PackageId> asked = new HashSet<>();
        signed.dependencies().forEach(it -> asked.add(it.id()));
        for (PackageId id : one.dependencies()) {
            if (!asked.contains(id)) {
                throw refused(one, "dependencies", "the signed record does not ask for " + id);
            }
        }
        for (Dependency dependency : signed.dependencies()) {
            if (one.dependencies().contains(dependency.id())) {
                all.get(dependency.id()).ifPresent(it -> checkDependency(one, dependency, it));
            } else if (!bare && !dependency.optional()) {
                throw stale(one, "it leaves out " + dependency.id() + ", which " + one + " needs");
            }
        }
    }

    private void checkDependency(LockedPackage one, Dependency asked, LockedPackage locked) {
        if (asked.publisher().isPresent() && !asked.publisher().equals(locked.publisher())) {
            throw refused(
                    locked,
                    "publisher",
                    one + " asks for " + asked.id() + " of " + asked.publisher().get());
        }
        if (!asked.range().contains(locked.version())) {
            throw stale(
                    locked, "it locks " + locked + ", but " + one + " asks for " + asked.range());
        }
    }

    /** Returns that the lockfile is not to be believed where {@code one} says {@code key}. */
    MarketplaceException refused(LockedPackage one, String key, String reason) {
        int line = line(one.id(), key);
        return new MarketplaceException(
                ErrorCode.SECURITY,
                lockfile
                        + ":"
                        + line
                        + ": "
                        + one
                        + " is refused, for its "
                        + key
                        + " does not hold: "
                        + reason
                        + ".",
                "The lockfile was changed by hand, or belongs to another registry. See who changed"
                        + " it with `git log -p ggen.lock` and restore it; nothing was installed.",
                details(one, line));
    }

    /** Returns {@code error}, in which the lockfile takes part, with its line. */
    MarketplaceException located(MarketplaceException error, PackageId id) {
        int line = line(id, "publisher");
        Map<String, String> details = new HashMap<>(error.details());
        details.put("file", lockfile.toString());
        details.put("line", Integer.toString(line));
        return new MarketplaceException(
                        error.code(),
                        error.getMessage() + "\n  The lockfile says so in " + lockfile + ":" + line,
                        error.hint(),
                        details)
                .causedBy(error);
    }

    private MarketplaceException stale(LockedPackage one, String reason) {
        int line = line(one.id(), "dependencies");
        return new MarketplaceException(
                ErrorCode.VALIDATION,
                "The lockfile is stale: " + lockfile + ":" + line + ": " + reason + ".",
                "`ggen m update "
                        + one.id()
                        + "` locks what is needed; --no-dependencies leaves it"
                        + " out on purpose.",
                details(one, line));
    }

    private int line(PackageId id, String key) {
        return Lockfile.readText(lockfile).map(text -> LockfileLines.line(text, id, key)).orElse(1);
    }

    private Map<String, String> details(LockedPackage one, int line) {
        return Map.of(
                "id", one.id().text(),
                "version", one.version().toString(),
                "file", lockfile.toString(),
                "line", Integer.toString(line));
    }
}

package io.ggen.marketplace.core.install;

import io.ggen.marketplace.core.install.lock.LockedPackage;
import io.ggen.marketplace.core.install.lock.Lockfile;
import io.ggen.marketplace.model.Dependency;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.VersionRange;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is asked for directly, and whether a lockfile answers it. */
record Wanted(List<Dependency> requirements) {
    /** Copies the list. */
    Wanted {
        requirements = List.copyOf(requirements);
    }

    List<PackageId> ids() {
        List<PackageId> ids = new ArrayList<>();
        requirements.forEach(one -> ids.add(one.id()));
        return ids;
    }

    Optional<Dependency> get(PackageId id) {
        return requirements.stream().filter(one -> one.id().equals(id)).findFirst();
    }

    Optional<VersionRange> range(PackageId id) {
        return get(id).map(Dependency::range);
    }

    /** Returns these, with {@code more} in the place of those of the same ids. */
    Wanted with(List<Dependency> more) {
        Set<PackageId> replaced = new HashSet<>();
        more.forEach(one -> replaced.add(one.id()));
        List<Dependency> all = new ArrayList<>(more);
        requirements.forEach(one -> {
            if (!replaced.contains(one.id())) {
                all.add(one);
            }
        });
        return new Wanted(all);
    }

    Wanted without(Set<PackageId> ids) {
        List<Dependency> rest = new ArrayList<>();
        requirements.forEach(one -> {
            if (!ids.contains(one.id())) {
                rest.add(one);
            }
        });
        return new Wanted(rest);
    }

    /**
     * Returns why {@code lockfile} does not answer this; empty where it does, with nothing in it
     * that nobody needs.
     *
     * @param lenient whether absent optional ones and superfluous ones pass
     */
    Optional<String> staleness(Lockfile lockfile, boolean lenient) {
        for (Dependency one : requirements) {
            Optional<LockedPackage> locked = lockfile.get(one.id());
            if (locked.isEmpty() && !(lenient && one.optional())) {
                return Optional.of(one.id() + " " + one.range() + " is not locked");
            }
            if (locked.isPresent()) {
                Optional<String> mismatch = mismatch(one, locked.get());
                if (mismatch.isPresent()) {
                    return mismatch;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> mismatch(Dependency one, LockedPackage locked) {
        if (!one.range().contains(locked.version())) {
            return Optional.of(
                    one.id()
                            + " is asked for as "
                            + one.range()
                            + " but locked at "
                            + locked.version());
        }
        return Optional.empty();
    }
}

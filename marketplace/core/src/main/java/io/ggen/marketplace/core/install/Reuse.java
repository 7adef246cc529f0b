package io.ggen.marketplace.core.install;

import io.ggen.marketplace.core.install.lock.LockedPackage;
import io.ggen.marketplace.core.install.lock.Lockfile;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.Release;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the folders of a place that can stay: those that this machine put there by the same
 * lockfile entry since it started, and those whose files are what a record verified here says. A
 * lockfile is never enough: it may have come along with the files.
 */
final class Reuse {
    private final InstallEnvironment environment;
    private final InstallPlace place;
    private final boolean unsigned;
    private final Doubt doubt;

    /**
     * Looks at {@code place}; reads nothing yet.
     *
     * @param unsigned whether entries that nobody signed may stay
     */
    Reuse(InstallEnvironment environment, InstallPlace place, boolean unsigned, Doubt doubt) {
        this.environment = environment;
        this.place = place;
        this.unsigned = unsigned;
        this.doubt = doubt;
    }

    /**
     * Returns which of {@code wanted}, entries of {@code all}, can stay. Throws SECURITY where a
     * verified record says other things than its entry.
     */
    Set<PackageId> among(List<LockedPackage> wanted, Lockfile all, Optional<InstalledState> state)
            throws IOException {
        Set<PackageId> staying = new HashSet<>();
        List<LockedPackage> doubted = new ArrayList<>();
        Lockfile before = state.map(this::lockfile).orElse(Lockfile.empty());
        for (LockedPackage one : wanted) {
            if (isVouchedFor(one, before, state) && Trees.isFolder(place.folder(one.id()))) {
                staying.add(one.id());
            } else {
                doubted.add(one);
            }
        }
        List<LockedPackage> same = sameFiles(doubted);
        var seen = Seen.of(environment, same);
        for (LockedPackage one : same) {
            Optional<Release> release = seen.release(one);
            release.ifPresent(it -> doubt.check(one, all, it));
            if (release.isPresent() || (unsigned && one.publisher().isEmpty())) {
                staying.add(one.id());
            }
        }
        return staying;
    }

    private boolean isVouchedFor(
            LockedPackage one, Lockfile before, Optional<InstalledState> state) {
        return state.filter(it -> it.vouchesFor(one, environment.settings().bootId())).isPresent()
                && before.get(one.id()).filter(one::sameEntry).isPresent();
    }

    private Lockfile lockfile(InstalledState state) {
        try {
            return Lockfile.parse(place.state().toString(), state.lockfile());
        } catch (MarketplaceException e) {
            return Lockfile.empty(); // a stamp that no ggen wrote vouches for nothing
        }
    }

    private List<LockedPackage> sameFiles(List<LockedPackage> doubted) throws IOException {
        boolean[] same = new boolean[doubted.size()];
        Parallel.run(
                same.length,
                i -> {
                    LockedPackage one = doubted.get(i);
                    same[i] = Trees.difference(place.folder(one.id()), one).isEmpty();
                });
        List<LockedPackage> found = new ArrayList<>();
        for (int i = 0; i < same.length; i++) {
            if (same[i]) {
                found.add(doubted.get(i));
            }
        }
        return found;
    }
}

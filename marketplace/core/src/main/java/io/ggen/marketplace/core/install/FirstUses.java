package io.ggen.marketplace.core.install;

import io.ggen.marketplace.core.Listing;
import io.ggen.marketplace.core.Registry;
import io.ggen.marketplace.core.RegistryMetadata;
import io.ggen.marketplace.core.VersionListing;
import io.ggen.marketplace.core.install.ChangeOutcome.FirstUse;
import io.ggen.marketplace.core.install.lock.LockedPackage;
import io.ggen.marketplace.core.install.lock.Lockfile;
import io.ggen.marketplace.model.Did;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.PackageRef;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds what a place uses for the first time: keys that get pinned now, who else claims the names
 * that were asked for, and better known names that these could be taken for. Nothing that is locked
 * or pinned already is looked at, so each is told once.
 */
final class FirstUses {
    private static final int MOST_SIMILAR = 3;

    /** Names are compared where a person asked for them, not in a long manifest. */
    private static final int MOST_COMPARED = 16;

    private final InstallEnvironment environment;
    private final InstallPlace place;
    private final Lockfile before;
    private final Owners owners;

    FirstUses(InstallEnvironment environment, InstallPlace place, Lockfile before, Owners owners) {
        this.environment = environment;
        this.place = place;
        this.before = before;
        this.owners = owners;
    }

    /** Returns the first uses in {@code after}, of which {@code direct} are asked for. */
    List<FirstUse> of(Lockfile after, Set<PackageId> direct, RegistryCatalog catalog) {
        List<LockedPackage> fresh = new ArrayList<>();
        int asked = 0;
        for (LockedPackage one : after.packages()) {
            if (isNew(one)) {
                fresh.add(one);
                asked += direct.contains(one.id()) ? 1 : 0;
            }
        }
        List<FirstUse> found = new ArrayList<>(fresh.size());
        for (LockedPackage one : fresh) {
            boolean isDirect = direct.contains(one.id());
            found.add(
                    new FirstUse(
                            one.id(),
                            one.publisher().orElseThrow(),
                            pinnedIn(isDirect),
                            isDirect ? others(one, catalog) : List.of(),
                            isDirect && asked <= MOST_COMPARED ? similar(one) : List.of()));
        }
        return found;
    }

    /** Returns how fresh the knowledge is that names and keys come from. */
    ChangeOutcome.Knowledge knowledge() {
        Registry registry = environment.registry().get();
        RegistryMetadata metadata = registry.metadata();
        return new ChangeOutcome.Knowledge(metadata.scheme(), metadata.location(), registry.asOf());
    }

    private boolean isNew(LockedPackage one) {
        return one.publisher().isPresent()
                && before.get(one.id()).isEmpty()
                && owners.pinned(one.id()).isEmpty();
    }

    private Path pinnedIn(boolean direct) {
        return direct && place.isGlobal() ? environment.home().trust() : place.lockfile();
    }

    private static List<Did> others(LockedPackage one, RegistryCatalog catalog) {
        List<Did> others = new ArrayList<>();
        for (Did claimant : catalog.claimants(one.id())) {
            if (!claimant.equals(one.publisher().orElseThrow()) && !others.contains(claimant)) {
                others.add(claimant);
            }
        }
        return others;
    }

    private List<PackageId> similar(LockedPackage one) {
        Registry registry = environment.registry().get();
        List<PackageId> similar = new ArrayList<>();
        for (PackageId other : registry.similar(one.id(), MOST_SIMILAR)) {
            if (isBetterKnown(other, one, registry)) {
                similar.add(other);
            }
        }
        return similar;
    }

    /** Returns whether {@code other} is in use here, or somebody else's and longer established. */
    private boolean isBetterKnown(PackageId other, LockedPackage one, Registry registry) {
        if (before.get(other).isPresent() || owners.pinned(other).isPresent()) {
            return !owner(other).equals(one.publisher());
        }
        try {
            List<VersionListing> theirs = registry.listVersions(PackageRef.of(other));
            List<VersionListing> ours = registry.listVersions(one.ref());
            boolean same = theirs.isEmpty() || theirs.getLast().publisher().equals(one.publisher());
            return !same
                    && (theirs.size() > ours.size()
                            || since(PackageRef.of(other), theirs, registry)
                                    .isBefore(since(one.ref(), ours, registry)));
        } catch (MarketplaceException e) {
            return e.code() == ErrorCode.AMBIGUOUS_NAME; // a name that several people want
        }
    }

    private Optional<Did> owner(PackageId id) {
        return owners.pinned(id).or(() -> before.get(id).flatMap(LockedPackage::publisher));
    }

    private static Instant since(PackageRef ref, List<VersionListing> versions, Registry registry) {
        if (versions.isEmpty()) {
            return Instant.MAX;
        }
        Optional<Listing> first = registry.getPackageVersion(ref, versions.getFirst().version());
        return first.isPresent() ? first.get().release().publishedAt() : Instant.MAX;
    }
}

package io.ggen.marketplace.core.install;

import io.ggen.marketplace.core.Listing;
import io.ggen.marketplace.core.Registry;
import io.ggen.marketplace.core.VersionListing;
import io.ggen.marketplace.core.install.lock.LockedPackage;
import io.ggen.marketplace.core.install.lock.Lockfile;
import io.ggen.marketplace.core.store.StoredRelease;
import io.ggen.marketplace.model.Did;
import io.ggen.marketplace.model.MarketplaceException;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out why a registry does not have a package as it is locked: where it has it of another
 * publisher, or the locked content belongs to another version or id, the lockfile was changed.
 */
final class Missing {
    private static final int MOST_VERSIONS = 50;

    private final InstallEnvironment environment;
    private final Registry registry;
    private final Doubt doubt;

    Missing(InstallEnvironment environment, Registry registry, Doubt doubt) {
        this.environment = environment;
        this.registry = registry;
        this.doubt = doubt;
    }

    MarketplaceException explain(LockedPackage one) throws IOException {
        Optional<Did> owner = anotherOwner(one);
        if (owner.isPresent()) {
            return doubt.refused(one, "publisher", "the registry has it from " + owner.get());
        }
        for (StoredRelease other : environment.store().releases(Set.of(one.integrity()))) {
            boolean sameId = other.id().equals(one.id());
            if (!sameId || other.publisher().equals(one.publisher().orElse(null))) {
                return doubt.refused(
                        one,
                        sameId ? "version" : "id",
                        "this content is that of " + other.id() + "@" + other.version());
            }
        }
        return versionOfSameContent(one)
                .map(it ->
                        doubt.refused(
                                one, "version", "this content is that of " + one.id() + "@" + it))
                .orElseGet(() -> Fetch.notFound(one.toString()));
    }

    private Optional<Did> anotherOwner(LockedPackage one) {
        var catalog = new RegistryCatalog(() -> registry, Lockfile.empty(), true);
        List<Did> claimants = catalog.claimants(one.id());
        return one.publisher().filter(claimants::contains).isPresent()
                ? Optional.empty()
                : claimants.stream().findFirst();
    }

    private Optional<String> versionOfSameContent(LockedPackage one) {
        List<VersionListing> versions = registry.listVersions(one.ref()).reversed();
        for (VersionListing version :
                versions.subList(0, Math.min(versions.size(), MOST_VERSIONS))) {
            Optional<Listing> listing = registry.getPackageVersion(one.ref(), version.version());
            if (listing.map(it -> it.release().content().sha256().equals(one.integrity()))
                    .orElse(false)) {
                return Optional.of(version.version().toString());
            }
        }
        return Optional.empty();
    }
}

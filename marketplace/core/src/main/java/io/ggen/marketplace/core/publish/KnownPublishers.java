package io.ggen.marketplace.core.publish;

import io.ggen.marketplace.core.Registry;
import io.ggen.marketplace.core.VersionListing;
import io.ggen.marketplace.core.trust.Claims;
import io.ggen.marketplace.core.trust.Ownership;
import io.ggen.marketplace.core.trust.Trust;
import io.ggen.marketplace.model.Did;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.PackageRef;
import io.ggen.marketplace.model.PublisherRef;
import io.ggen.marketplace.model.Requirement;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Whom manifest, lockfile, pins and namespaces name, else the only claimant in the registry. The
 * trust is read when the first dependency asks for it.
 *
 * @param lockfile returns the publisher that the lockfile has for an id
 */
public record KnownPublishers(
        Supplier<Trust> trust, Function<PackageId, Optional<Did>> lockfile, Registry registry)
        implements PublisherLookup {
    @Override
    public Optional<Did> publisherOf(Requirement requirement) {
        Trust known = trust.get();
        Optional<Did> named =
                switch (requirement.publisher()) {
                    case PublisherRef.Key(Did did) -> Optional.of(did);
                    case PublisherRef.Petname(String name) -> known.publisher(name);
                    case PublisherRef.Unnamed(), PublisherRef.Self() -> Optional.empty();
                };
        if (named.isEmpty() && requirement.publisher() instanceof PublisherRef.Petname) {
            return Optional.empty();
        }
        PackageId id = requirement.id();
        var claims = new Claims(Optional.empty(), lockfile.apply(id), named);
        return switch (new Ownership(known).decide(id, claims, () -> claimants(id))) {
            case Ownership.Decision.Owned owned -> Optional.of(owned.publisher());
            case Ownership.Decision.Unclaimed() -> Optional.empty();
        };
    }

    private List<Did> claimants(PackageId id) {
        List<Did> claimants = new ArrayList<>();
        for (VersionListing version : registry.listVersions(PackageRef.of(id))) {
            version.publisher().ifPresent(claimants::add);
        }
        return claimants;
    }
}

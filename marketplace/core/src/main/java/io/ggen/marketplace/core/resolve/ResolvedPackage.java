package io.ggen.marketplace.core.resolve;

import io.ggen.marketplace.core.VersionListing;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.PackageRef;
import io.ggen.marketplace.model.Version;

import java.util.List;

/**
 * A version that was chosen.
 *
 * @param ref with the publisher, but for an unsigned entry
 * @param listing as the catalogue gave it
 * @param dependencies the ids it depends on in this resolution, sorted; optional ones where taken
 * @param direct whether it was asked for directly
 */
public record ResolvedPackage(
        PackageRef ref, VersionListing listing, List<PackageId> dependencies, boolean direct) {
    /** Copies the list. */
    public ResolvedPackage {
        dependencies = List.copyOf(dependencies);
    }

    /** Returns the id. */
    public PackageId id() {
        return ref.id();
    }

    /** Returns the chosen version. */
    public Version version() {
        return listing.version();
    }

    @Override
    public String toString() {
        return ref.id() + "@" + version();
    }
}

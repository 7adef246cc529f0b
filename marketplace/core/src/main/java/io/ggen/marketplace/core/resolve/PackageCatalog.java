package io.ggen.marketplace.core.resolve;

import io.ggen.marketplace.core.VersionListing;
import io.ggen.marketplace.model.Dependency;
import io.ggen.marketplace.model.PackageRef;
import io.ggen.marketplace.model.Version;

import java.util.List;

/**
 * What the resolver asks of the world. Each question is asked at most once in a resolution, from
 * one thread, and only when it matters, so a disk or a network may stand behind it.
 *
 * <p>Both operations may throw a {@link io.ggen.marketplace.model.MarketplaceException}: it ends
 * the resolution, or leaves an optional dependency out unless its code is SECURITY.
 */
public interface PackageCatalog {
    /**
     * Returns every version of {@code ref} in any order; empty when the package is unknown. Where
     * {@code ref} names no publisher, all of them are of one publisher: AMBIGUOUS_NAME otherwise.
     */
    List<VersionListing> candidates(PackageRef ref);

    /**
     * Returns what one version asks for.
     *
     * @param ref carries the publisher whenever the listing did
     */
    List<Dependency> dependencies(PackageRef ref, Version version);
}

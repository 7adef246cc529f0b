package io.ggen.marketplace.core;

import io.ggen.marketplace.model.Did;
import io.ggen.marketplace.model.Version;

import java.util.List;
import java.util.Optional;

/** A version that a registry has: cheap to list, without its record. */
public record VersionListing(Version version, Optional<Did> publisher, boolean yanked) {
    /** Returns the newest that is not yanked, a release before any pre-release. */
    public static Optional<VersionListing> newest(List<VersionListing> ascending) {
        Optional<VersionListing> newest = Optional.empty();
        for (VersionListing listing : ascending) {
            boolean better =
                    newest.isEmpty()
                            || newest.get().version().isPreRelease()
                            || !listing.version().isPreRelease();
            if (!listing.yanked() && better) {
                newest = Optional.of(listing);
            }
        }
        return newest;
    }
}

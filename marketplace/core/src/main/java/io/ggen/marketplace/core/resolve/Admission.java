package io.ggen.marketplace.core.resolve;

import io.ggen.marketplace.core.VersionListing;
import io.ggen.marketplace.model.PackageRef;

import java.util.Optional;

/** A rule on which versions may be newly chosen, such as a minimum age. Locked ones are exempt. */
@FunctionalInterface
public interface Admission {
    /** Admits every version. */
    Admission EVERYTHING = (ref, listing) -> Optional.empty();

    /**
     * Returns why {@code listing} may not be chosen, as the end of a sentence that begins with the
     * version: {@code is younger than 3 days}. Empty when it may.
     */
    Optional<String> refusal(PackageRef ref, VersionListing listing);
}

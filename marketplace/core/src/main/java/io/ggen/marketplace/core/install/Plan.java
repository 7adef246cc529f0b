package io.ggen.marketplace.core.install;

import io.ggen.marketplace.core.Listing;
import io.ggen.marketplace.core.install.lock.Lockfile;
import io.ggen.marketplace.model.PackageId;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a place is to look like.
 *
 * @param lockfile the packages that are to stand there
 * @param manifest the manifest's text; empty where there is none
 * @param listings what the registry said of packages that were newly chosen
 * @param direct what is asked for directly
 * @param bare whether dependencies are left out
 */
record Plan(
        Lockfile lockfile,
        Optional<String> manifest,
        Map<PackageId, Listing> listings,
        Set<PackageId> direct,
        boolean bare) {
    /** Copies the collections. */
    Plan {
        listings = Map.copyOf(listings);
        direct = Set.copyOf(direct);
    }
}

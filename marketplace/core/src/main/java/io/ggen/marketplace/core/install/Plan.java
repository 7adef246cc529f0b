package io.ggen.marketplace.core.install;

import io.ggen.marketplace.core.Listing;
import io.ggen.marketplace.core.install.ChangeOutcome.FirstUse;
import io.ggen.marketplace.core.install.ChangeOutcome.Knowledge;
import io.ggen.marketplace.core.install.lock.Lockfile;
import io.ggen.marketplace.model.PackageId;

import java.util.List;
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
 * @param firstUses what was not used here before
 * @param knowledge what the first uses were taken from
 */
record Plan(
        Lockfile lockfile,
        Optional<String> manifest,
        Map<PackageId, Listing> listings,
        Set<PackageId> direct,
        boolean bare,
        List<FirstUse> firstUses,
        Optional<Knowledge> knowledge) {
    /** Copies the collections. */
    Plan {
        listings = Map.copyOf(listings);
        direct = Set.copyOf(direct);
        firstUses = List.copyOf(firstUses);
    }

    /** Makes a plan that uses nothing for the first time. */
    Plan(
            Lockfile lockfile,
            Optional<String> manifest,
            Map<PackageId, Listing> listings,
            Set<PackageId> direct,
            boolean bare) {
        this(lockfile, manifest, listings, direct, bare, List.of(), Optional.empty());
    }

    /** Returns this plan with another text of the manifest. */
    Plan withManifest(Optional<String> other) {
        return new Plan(lockfile, other, listings, direct, bare, firstUses, knowledge);
    }

    /** Returns this plan with what is used for the first time. */
    Plan using(List<FirstUse> uses, Optional<Knowledge> from) {
        return new Plan(lockfile, manifest, listings, direct, bare, uses, from);
    }
}

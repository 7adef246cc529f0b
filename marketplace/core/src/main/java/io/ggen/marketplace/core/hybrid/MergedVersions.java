package io.ggen.marketplace.core.hybrid;

import io.ggen.marketplace.core.VersionListing;
import io.ggen.marketplace.model.Did;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.model.PackageRef;
import io.ggen.marketplace.model.Version;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The versions of one package that two registries know. */
final class MergedVersions {
    private MergedVersions() {}

    /** Returns each version once, ascending; yanked where either says so. */
    static List<VersionListing> of(
            PackageRef ref, List<VersionListing> near, List<VersionListing> far) {
        checkOneClaimant(ref, claimant(near), claimant(far));
        Map<Version, VersionListing> merged = new TreeMap<>();
        for (VersionListing listing : near) {
            merged.merge(listing.version(), listing, MergedVersions::merge);
        }
        for (VersionListing listing : far) {
            merged.merge(listing.version(), listing, MergedVersions::merge);
        }
        return List.copyOf(merged.values());
    }

    private static Optional<Did> claimant(List<VersionListing> versions) {
        for (VersionListing listing : versions) {
            if (listing.publisher().isPresent()) {
                return listing.publisher();
            }
        }
        return Optional.empty();
    }

    private static VersionListing merge(VersionListing one, VersionListing other) {
        return new VersionListing(
                one.version(),
                one.publisher().or(other::publisher),
                one.yanked() || other.yanked());
    }

    /** Throws AMBIGUOUS_NAME where two keys claim what {@code ref} names. */
    static void checkOneClaimant(PackageRef ref, Optional<Did> one, Optional<Did> other) {
        if (one.isPresent() && other.isPresent() && !one.equals(other)) {
            throw new MarketplaceException(
                    ErrorCode.AMBIGUOUS_NAME,
                    ref.id() + " is claimed by two publishers: " + one.get() + ", " + other.get(),
                    "say whose you mean:\n"
                            + install(ref, one.get())
                            + "\n"
                            + install(ref, other.get()),
                    Map.of("id", ref.id().text()));
        }
    }

    private static String install(PackageRef ref, Did publisher) {
        return "ggen marketplace install " + ref.id() + " --publisher " + publisher;
    }
}

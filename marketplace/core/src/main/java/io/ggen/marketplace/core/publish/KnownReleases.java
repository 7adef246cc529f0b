package io.ggen.marketplace.core.publish;

import io.ggen.marketplace.core.Listing;
import io.ggen.marketplace.core.Registry;
import io.ggen.marketplace.model.Dependency;
import io.ggen.marketplace.model.Did;
import io.ggen.marketplace.model.Envelope;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.Manifest;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.model.PackageRef;
import io.ggen.marketplace.model.Release;
import io.ggen.marketplace.model.Version;

import java.util.List;
import java.util.Optional;

/** What a registry has of the version that is to be published. */
record KnownReleases(Registry registry) {
    /** Says what publishing would do; throws what it would throw for a version that is taken. */
    PublishOutcome.Published rehearse(
            PublishPlan plan, Optional<Did> publisher, List<Dependency> dependencies) {
        boolean there =
                publisher.isPresent() && same(publisher.get(), plan, dependencies).isPresent();
        return new PublishOutcome.Published(plan, publisher, Optional.empty(), !there);
    }

    /**
     * Returns the record of this very release, where it is there already.
     *
     * @throws MarketplaceException ALREADY_EXISTS where another stands under this version
     */
    Optional<Envelope> same(Did publisher, PublishPlan plan, List<Dependency> dependencies) {
        Manifest manifest = plan.manifest();
        Optional<Listing> listing =
                registry.getPackageVersion(
                        PackageRef.of(manifest.id(), publisher), manifest.version());
        Optional<Envelope> envelope = listing.flatMap(Listing::envelope);
        if (envelope.isPresent() && !isSame(listing.get().release(), plan, dependencies)) {
            throw taken(plan);
        }
        return envelope;
    }

    /** Returns whether {@code release} says what would be said of {@code plan} now. */
    static boolean isSame(Release release, PublishPlan plan, List<Dependency> dependencies) {
        return release.content().equals(plan.content())
                && release.about().equals(plan.manifest().about())
                && release.dependencies().equals(dependencies);
    }

    private static MarketplaceException taken(PublishPlan plan) {
        Version version = plan.manifest().version();
        return new MarketplaceException(
                ErrorCode.ALREADY_EXISTS,
                plan
                        + " is there with other content or another manifest, and versions never change",
                "publish it under a new version, such as --version "
                        + Version.of(version.major(), version.minor(), version.patch() + 1));
    }
}

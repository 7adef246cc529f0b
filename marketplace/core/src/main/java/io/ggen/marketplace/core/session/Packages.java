package io.ggen.marketplace.core.session;

import io.ggen.marketplace.core.Listing;
import io.ggen.marketplace.core.Registry;
import io.ggen.marketplace.core.SearchHit;
import io.ggen.marketplace.core.VersionListing;
import io.ggen.marketplace.model.Dependency;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.PackageRef;
import io.ggen.marketplace.model.Query;
import io.ggen.marketplace.model.Version;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Looks packages up for people: what is missing is explained, with what comes near. */
public final class Packages {
    private static final int NEAR = 3;
    private static final int SHOWN_VERSIONS = 10;
    private static final int MOST_DEPENDENTS_SOUGHT = 5_000;

    private final Registry registry;

    /** Looks into {@code registry}. */
    Packages(Registry registry) {
        this.registry = registry;
    }

    /**
     * Returns the version asked for, else the newest.
     *
     * @throws MarketplaceException PACKAGE_NOT_FOUND or NO_MATCHING_VERSION
     */
    public Listing find(PackageRef ref, Optional<Version> version) {
        Optional<Listing> found =
                version.isPresent()
                        ? registry.getPackageVersion(ref, version.get())
                        : registry.getPackage(ref).or(() -> newestYanked(ref));
        return found.orElseThrow(() -> missing(ref, version));
    }

    private Optional<Listing> newestYanked(PackageRef ref) {
        List<VersionListing> versions = registry.listVersions(ref);
        return versions.isEmpty()
                ? Optional.empty()
                : registry.getPackageVersion(ref, versions.getLast().version());
    }

    private MarketplaceException missing(PackageRef ref, Optional<Version> version) {
        List<VersionListing> versions = registry.listVersions(ref);
        if (version.isPresent() && !versions.isEmpty()) {
            return new MarketplaceException(
                    ErrorCode.NO_MATCHING_VERSION,
                    "there is no version " + version.get() + " of " + ref.id(),
                    "available: " + shown(versions),
                    Map.of("id", ref.id().text()));
        }
        List<String> near = near(ref.id());
        String hint =
                near.isEmpty()
                        ? "`ggen m search " + ref.id().name() + "` looks for similar ones"
                        : "did you mean " + String.join(" or ", near) + "?";
        return new MarketplaceException(
                ErrorCode.PACKAGE_NOT_FOUND,
                "there is no package " + ref + " in " + registry.metadata().location(),
                hint,
                Map.of("id", ref.id().text()));
    }

    private static String shown(List<VersionListing> versions) {
        List<String> texts = new ArrayList<>();
        for (VersionListing version : versions.reversed()) {
            if (texts.size() == SHOWN_VERSIONS) {
                texts.add("…");
                break;
            }
            texts.add(version.version() + (version.yanked() ? " (yanked)" : ""));
        }
        return String.join(", ", texts);
    }

    /** Returns ids that resemble {@code id}. */
    public List<String> near(PackageId id) {
        TreeSet<String> ids = new TreeSet<>();
        for (SearchHit hit : registry.search(Query.of(id.name(), NEAR)).hits()) {
            ids.add(hit.id().text());
        }
        return List.copyOf(ids);
    }

    /**
     * Returns the ids of packages whose newest version depends on {@code id}, sorted. Asks for
     * every package, so a large registry is not asked at all.
     *
     * @return empty where the registry is too large to ask
     */
    public Optional<List<String>> dependents(PackageId id) {
        List<SearchHit> all = registry.search(Query.of("", MOST_DEPENDENTS_SOUGHT + 1)).hits();
        if (all.size() > MOST_DEPENDENTS_SOUGHT) {
            return Optional.empty();
        }
        TreeSet<String> dependents = new TreeSet<>();
        for (SearchHit hit : all) {
            PackageRef ref = new PackageRef(hit.id(), hit.publisher());
            if (registry.getPackageVersion(ref, hit.version())
                    .map(l -> needs(l, id))
                    .orElse(false)) {
                dependents.add(hit.id().text());
            }
        }
        return Optional.of(List.copyOf(dependents));
    }

    /** Returns the text of the package's README, where it has one. */
    public Optional<String> readme(Listing listing) {
        return new Readme(registry).of(listing);
    }

    private static boolean needs(Listing listing, PackageId id) {
        for (Dependency dependency : listing.release().dependencies()) {
            if (dependency.id().equals(id)) {
                return true;
            }
        }
        return false;
    }
}

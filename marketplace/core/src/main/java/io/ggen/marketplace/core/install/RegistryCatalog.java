package io.ggen.marketplace.core.install;

import io.ggen.marketplace.core.Listing;
import io.ggen.marketplace.core.Registry;
import io.ggen.marketplace.core.SearchHit;
import io.ggen.marketplace.core.VersionListing;
import io.ggen.marketplace.core.install.lock.LockedPackage;
import io.ggen.marketplace.core.install.lock.Lockfile;
import io.ggen.marketplace.core.resolve.PackageCatalog;
import io.ggen.marketplace.model.Dependency;
import io.ggen.marketplace.model.Did;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.PackageRef;
import io.ggen.marketplace.model.Query;
import io.ggen.marketplace.model.Version;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * What the resolver sees of a registry: each listing is asked for once. A version that is locked
 * but no longer offered stays among the candidates, so that a locked project goes on working.
 */
final class RegistryCatalog implements PackageCatalog {
    private final Supplier<Registry> registry;
    private final Lockfile locked;
    private final boolean bare;
    private final Map<String, Listing> listings = new ConcurrentHashMap<>();
    private final Map<PackageRef, List<VersionListing>> versions = new ConcurrentHashMap<>();

    RegistryCatalog(Supplier<Registry> registry, Lockfile locked, boolean bare) {
        this.registry = registry;
        this.locked = locked;
        this.bare = bare;
    }

    @Override
    public List<VersionListing> candidates(PackageRef ref) {
        List<VersionListing> candidates = new ArrayList<>();
        for (VersionListing listing : versions(ref)) {
            if (ref.publisher().isEmpty() || listing.publisher().equals(ref.publisher())) {
                candidates.add(listing);
            }
        }
        locked.get(ref.id())
                .filter(one ->
                        ref.publisher().isEmpty()
                                ? candidates.isEmpty()
                                : one.publisher().equals(ref.publisher()))
                .filter(one ->
                        candidates.stream().noneMatch(v -> v.version().equals(one.version())))
                .ifPresent(one ->
                        candidates.add(new VersionListing(one.version(), one.publisher(), false)));
        return candidates;
    }

    /** Asks once; the answer for a whole id holds for each of its publishers. */
    private List<VersionListing> versions(PackageRef ref) {
        List<VersionListing> known = versions.get(PackageRef.of(ref.id()));
        if (known == null) {
            known = versions.get(ref);
        }
        if (known == null) {
            known = List.copyOf(registry().listVersions(ref));
            versions.put(ref, known);
        }
        return known;
    }

    private synchronized Registry registry() {
        return registry.get();
    }

    /** Reads ahead, on several threads, what a resolution of {@code requirements} asks first. */
    void prefetch(List<Dependency> requirements) throws IOException {
        Parallel.run(requirements.size(), i -> prefetch(requirements.get(i)));
    }

    private void prefetch(Dependency one) {
        if (one.optional()) {
            return; // it may be absent or out of reach: the resolver knows what to do then
        }
        Optional<LockedPackage> before = locked.get(one.id());
        if (before.isPresent()) {
            find(before.get().ref(), before.get().version());
            return;
        }
        try {
            candidates(new PackageRef(one.id(), one.publisher())).stream()
                    .filter(listing -> one.range().contains(listing.version()))
                    .max((a, b) -> a.version().compareTo(b.version()))
                    .ifPresent(listing ->
                            find(new PackageRef(one.id(), listing.publisher()), listing.version()));
        } catch (MarketplaceException e) {
            if (e.code() != ErrorCode.AMBIGUOUS_NAME) {
                throw e;
            }
        }
    }

    @Override
    public List<Dependency> dependencies(PackageRef ref, Version version) {
        if (bare) {
            return List.of();
        }
        Optional<Listing> found = find(ref, version);
        if (found.isPresent()) {
            return found.get().release().dependencies();
        }
        List<Dependency> known = new ArrayList<>();
        locked.get(ref.id())
                .filter(one -> one.version().equals(version))
                .ifPresent(one -> one.dependencies().forEach(id -> known.add(asLocked(id))));
        return known;
    }

    private Dependency asLocked(PackageId id) {
        LockedPackage one = locked.get(id).orElseThrow();
        return new Dependency(
                id,
                io.ggen.marketplace.model.VersionRange.exact(one.version()),
                one.publisher(),
                false);
    }

    /** Returns the listing of exactly that version. */
    Optional<Listing> find(PackageRef ref, Version version) {
        String key = ref + "@" + version;
        Listing known = listings.get(key);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<Listing> found = registry().getPackageVersion(ref, version);
        found.ifPresent(listing -> listings.put(key, listing));
        return found;
    }

    /** Returns whoever publishes {@code id} as far as the registry knows. */
    List<Did> claimants(PackageId id) {
        try {
            List<Did> claimants = new ArrayList<>();
            for (VersionListing listing : versions(PackageRef.of(id))) {
                listing.publisher().ifPresent(claimants::add);
            }
            return claimants;
        } catch (MarketplaceException e) {
            if (e.code() != ErrorCode.AMBIGUOUS_NAME) {
                throw e;
            }
            List<Did> found = claimantsBySearch(id);
            if (found.size() < 2) {
                throw e;
            }
            return found;
        }
    }

    private List<Did> claimantsBySearch(PackageId id) {
        List<Did> claimants = new ArrayList<>();
        for (SearchHit hit : registry().search(Query.of(id.text(), 100)).hits()) {
            if (hit.id().equals(id)) {
                hit.publisher().ifPresent(claimants::add);
            }
        }
        return claimants;
    }
}

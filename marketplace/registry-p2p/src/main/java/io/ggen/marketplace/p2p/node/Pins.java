package io.ggen.marketplace.p2p.node;

import io.ggen.marketplace.core.Listing;
import io.ggen.marketplace.core.Registry;
import io.ggen.marketplace.core.VersionListing;
import io.ggen.marketplace.core.network.PinnedPackage;
import io.ggen.marketplace.core.resolve.PackageCatalog;
import io.ggen.marketplace.core.resolve.ResolveRequest;
import io.ggen.marketplace.core.resolve.ResolvedPackage;
import io.ggen.marketplace.core.resolve.Resolver;
import io.ggen.marketplace.core.store.Hold;
import io.ggen.marketplace.core.store.StorageFailure;
import io.ggen.marketplace.core.store.StoredRelease;
import io.ggen.marketplace.model.Dependency;
import io.ggen.marketplace.model.EnvelopeCodec;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.model.PackageRef;
import io.ggen.marketplace.model.Release;
import io.ggen.marketplace.model.ReleaseVerifier;
import io.ggen.marketplace.model.SignedRecord;
import io.ggen.marketplace.model.Version;
import io.ggen.marketplace.model.VersionRange;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps and serves packages on purpose, with what they depend on. One change at a time; blocks on
 * the network.
 */
final class Pins {
    private final Registry registry;
    private final Downloads downloads;
    private final Announcements announcements;
    private final Holdings holdings;
    private final ReentrantLock changing = new ReentrantLock();

    Pins(Parts parts, Registry registry, Downloads downloads, Announcements announcements) {
        this.registry = registry;
        this.downloads = downloads;
        this.announcements = announcements;
        this.holdings = parts.holdings();
    }

    /** Fetches a release with its dependencies, and keeps them. */
    PinnedPackage pin(PackageRef ref, Optional<Version> version) {
        changing.lock();
        try {
            VersionListing chosen = choose(ref, version);
            var wanted =
                    new Dependency(
                            ref.id(),
                            VersionRange.exact(chosen.version()),
                            chosen.publisher(),
                            false);
            for (ResolvedPackage one : closure(wanted)) {
                boolean isIt = one.id().equals(ref.id());
                keep(one, isIt ? Hold.Reason.PINNED : Hold.Reason.NEEDED);
            }
        } finally {
            changing.unlock();
        }
        return all().stream()
                .filter(it -> it.id().equals(ref.id()))
                .max(Comparator.comparing(PinnedPackage::version))
                .orElseThrow();
    }

    private VersionListing choose(PackageRef ref, Optional<Version> version) {
        List<VersionListing> all = registry.listVersions(ref);
        if (all.isEmpty()) {
            throw new MarketplaceException(
                    ErrorCode.PACKAGE_NOT_FOUND,
                    "The network has no package " + ref.id() + ", as far as this node knows.",
                    "Search for it: ggen marketplace p2p search " + ref.id());
        }
        Optional<VersionListing> chosen =
                version.isEmpty()
                        ? VersionListing.newest(all)
                        : all.stream().filter(it -> it.version().equals(version.get())).findFirst();
        return chosen.orElseThrow(() ->
                new MarketplaceException(
                        ErrorCode.NO_MATCHING_VERSION,
                        ref.id()
                                + version.map(it -> " has no version " + it)
                                        .orElse(" has yanked versions alone")
                                + ".",
                        "It has: "
                                + String.join(
                                        ", ",
                                        all.stream().map(it -> it.version().toString()).toList())));
    }

    private List<ResolvedPackage> closure(Dependency wanted) {
        return new Resolver(new Catalog())
                .resolve(ResolveRequest.of(List.of(wanted)).allowingYanked())
                .orThrow()
                .packages();
    }

    /** The registry as the resolver asks it. */
    private final class Catalog implements PackageCatalog {
        @Override
        public List<VersionListing> candidates(PackageRef ref) {
            return registry.listVersions(ref);
        }

        @Override
        public List<Dependency> dependencies(PackageRef ref, Version version) {
            return registry.getPackageVersion(ref, version)
                    .map(it -> it.release().dependencies())
                    .orElse(List.of());
        }
    }

    private void keep(ResolvedPackage one, Hold.Reason reason) {
        Listing listing = registry.getPackageVersion(one.ref(), one.version()).orElseThrow();
        var signed =
                new SignedRecord.OfRelease(listing.envelope().orElseThrow(), listing.release());
        downloads.bring(signed, reason);
    }

    /** Keeps a package no longer on purpose; returns whether it was. */
    boolean unpin(PackageRef ref) {
        changing.lock();
        try {
            boolean was = false;
            for (PinnedPackage pin : all()) {
                boolean isIt =
                        pin.id().equals(ref.id())
                                && ref.publisher().map(pin.publisher()::equals).orElse(true);
                was |= isIt && holdings.release(pin.cid(), Hold.Reason.PINNED);
            }
            if (was) {
                keepOnlyNeeded();
                announcements.withdrawGone();
            }
            return was;
        } finally {
            changing.unlock();
        }
    }

    private void keepOnlyNeeded() {
        List<Dependency> wanted = new ArrayList<>();
        for (PinnedPackage pin : all()) {
            wanted.add(
                    new Dependency(
                            pin.id(),
                            VersionRange.exact(pin.version()),
                            Optional.of(pin.publisher()),
                            false));
        }
        for (Hold hold : holdings.all()) {
            if (hold.reason() == Hold.Reason.NEEDED) {
                holdings.release(hold.cid(), Hold.Reason.NEEDED);
            }
        }
        for (Dependency each : wanted) {
            for (ResolvedPackage one : closure(each)) {
                if (!one.id().equals(each.id())) {
                    keep(one, Hold.Reason.NEEDED);
                }
            }
        }
    }

    /** Returns what is kept on purpose, by id. */
    List<PinnedPackage> all() {
        List<PinnedPackage> pins = new ArrayList<>();
        for (Hold hold : holdings.all()) {
            if (hold.reason() == Hold.Reason.PINNED) {
                releases(hold).forEach(release -> pins.add(pinned(hold, release)));
            }
        }
        pins.sort(Comparator.comparing(PinnedPackage::id).thenComparing(PinnedPackage::version));
        return pins;
    }

    private List<StoredRelease> releases(Hold hold) {
        try {
            return holdings.store().releases(List.of(hold.sha256()));
        } catch (IOException e) {
            throw StorageFailure.of("list what is pinned", e);
        }
    }

    private static PinnedPackage pinned(Hold hold, StoredRelease stored) {
        Release release = ReleaseVerifier.release(EnvelopeCodec.decode(stored.envelope()));
        return new PinnedPackage(
                stored.id(),
                stored.version(),
                stored.publisher(),
                hold.cid(),
                release.content().sizeBytes(),
                hold.since());
    }
}

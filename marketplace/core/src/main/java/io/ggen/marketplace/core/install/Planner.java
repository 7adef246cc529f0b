package io.ggen.marketplace.core.install;

import io.ggen.base.CryptoProvider;
import io.ggen.marketplace.core.Listing;
import io.ggen.marketplace.core.Registry;
import io.ggen.marketplace.core.install.lock.LockedPackage;
import io.ggen.marketplace.core.install.lock.Lockfile;
import io.ggen.marketplace.core.resolve.Admission;
import io.ggen.marketplace.core.resolve.LeftOut;
import io.ggen.marketplace.core.resolve.Resolution;
import io.ggen.marketplace.core.resolve.ResolveRequest;
import io.ggen.marketplace.core.resolve.ResolvedPackage;
import io.ggen.marketplace.core.resolve.Resolver;
import io.ggen.marketplace.core.store.StorageFailure;
import io.ggen.marketplace.core.trust.Claims;
import io.ggen.marketplace.model.Content;
import io.ggen.marketplace.model.Dependency;
import io.ggen.marketplace.model.Did;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.PackageRef;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Turns what is wanted into a plan: by the lockfile where that answers, else by resolving. */
final class Planner {
    private static final int FEW = 4;

    private final InstallEnvironment environment;
    private final InstallPlace place;
    private final Set<Flag> flags;
    private final Situation situation;
    private final Owners owners;

    Planner(
            InstallEnvironment environment,
            InstallPlace place,
            Set<Flag> flags,
            Situation situation,
            Owners owners) {
        this.environment = environment;
        this.place = place;
        this.flags = flags;
        this.situation = situation;
        this.owners = owners;
    }

    /**
     * What is wanted, with what makes this time different.
     *
     * @param flag publishers that the command line names
     * @param refreshed packages whose locked versions are not preferred
     */
    record Goal(Wanted wanted, Map<PackageId, Did> flag, Set<PackageId> refreshed) {
        static Goal of(Wanted wanted) {
            return new Goal(wanted, Map.of(), Set.of());
        }
    }

    /** Plans without asking anybody where the lockfile answers. */
    Plan plan(Goal goal) {
        Lockfile locked = situation.lockfile();
        Optional<String> stale = goal.wanted().staleness(locked, flags.contains(Flag.LOCKED));
        if (stale.isPresent() || !goal.refreshed().isEmpty()) {
            refuseWhenLocked(stale.orElse("an update is asked for"));
            return resolve(goal);
        }
        for (Dependency one : goal.wanted().requirements()) {
            if (locked.get(one.id()).isPresent()) {
                owners.of(one.id(), claims(one, goal), List::of);
            }
        }
        List<LockedPackage> needed = new ArrayList<>();
        for (LockedPackage one : locked.closure(goal.wanted().ids())) {
            needed.add(requested(one, goal.wanted()));
        }
        Lockfile rest = Lockfile.of(needed);
        if (!rest.equals(locked)) {
            refuseWhenLocked("it holds packages that nobody asks for any more");
        }
        return plan(rest, Map.of(), goal.wanted());
    }

    private Plan plan(Lockfile lockfile, Map<PackageId, Listing> listings, Wanted wanted) {
        return new Plan(
                lockfile,
                situation.manifest().map(manifest -> manifest.text()),
                listings,
                new HashSet<>(wanted.ids()),
                flags.contains(Flag.NO_DEPENDENCIES));
    }

    private LockedPackage requested(LockedPackage one, Wanted wanted) {
        return one.requestedAs(
                place.manifest().isPresent() ? Optional.empty() : wanted.range(one.id()));
    }

    /** Takes the lockfile as it is. */
    Plan frozen() {
        Lockfile locked = situation.lockfile();
        Set<PackageId> direct = new HashSet<>(locked.ids());
        locked.packages().forEach(one -> direct.removeAll(one.dependencies()));
        return new Plan(
                locked, Optional.empty(), Map.of(), direct, flags.contains(Flag.NO_DEPENDENCIES));
    }

    private void refuseWhenLocked(String reason) {
        if (flags.contains(Flag.LOCKED) || flags.contains(Flag.FROZEN)) {
            throw new MarketplaceException(
                    ErrorCode.VALIDATION,
                    "The lockfile " + place.lockfile() + " is stale: " + reason + ".",
                    "Run the command without --locked and commit the new ggen.lock.");
        }
    }

    private Claims claims(Dependency one, Goal goal) {
        return new Claims(
                Optional.ofNullable(goal.flag().get(one.id())),
                situation.lockfile().get(one.id()).flatMap(LockedPackage::publisher),
                one.publisher());
    }

    private Plan resolve(Goal goal) {
        boolean many = goal.wanted().requirements().size() > FEW;
        if (many) {
            CryptoProvider.expectMany();
        }
        var catalog =
                new RegistryCatalog(
                        this::registry, situation.lockfile(), flags.contains(Flag.NO_DEPENDENCIES));
        if (many) {
            readAhead(catalog, goal.wanted().requirements());
        }
        List<Dependency> requirements = new ArrayList<>();
        for (Dependency one : goal.wanted().requirements()) {
            Optional<Did> owner =
                    owners.of(one.id(), claims(one, goal), () -> catalog.claimants(one.id()));
            requirements.add(new Dependency(one.id(), one.range(), owner, one.optional()));
        }
        Resolution.Solved solved =
                new Resolver(catalog).resolve(request(requirements, goal.refreshed())).orThrow();
        solved.leftOut().forEach(this::sayLeftOut);
        Map<PackageId, Listing> listings = new HashMap<>();
        List<LockedPackage> packages = new ArrayList<>();
        for (ResolvedPackage one : solved.packages()) {
            packages.add(requested(lock(one, catalog, listings), goal.wanted()));
        }
        Plan plan = plan(Lockfile.of(packages), listings, goal.wanted());
        var uses = new FirstUses(environment, place, situation.lockfile(), owners);
        List<ChangeOutcome.FirstUse> first = uses.of(plan.lockfile(), plan.direct(), catalog);
        return first.isEmpty() ? plan : plan.using(first, Optional.of(uses.knowledge()));
    }

    private static void readAhead(RegistryCatalog catalog, List<Dependency> requirements) {
        try {
            catalog.prefetch(requirements);
        } catch (IOException e) {
            throw StorageFailure.of("read the registry", e);
        }
    }

    private ResolveRequest request(List<Dependency> requirements, Collection<PackageId> refreshed) {
        ResolveRequest request =
                ResolveRequest.of(requirements)
                        .preferring(situation.lockfile().versions())
                        .refreshing(refreshed)
                        .admitting(admission());
        return flags.contains(Flag.ALLOW_YANKED) ? request.allowingYanked() : request;
    }

    private Admission admission() {
        Duration minimum = environment.settings().minimumAge();
        if (!minimum.isPositive()) {
            return Admission.EVERYTHING;
        }
        Instant now = environment.clock().instant();
        return (ref, listing) -> {
            try {
                Instant seen =
                        environment
                                .store()
                                .firstSeen(
                                        ref.publisher().map(Did::text).orElse(""),
                                        ref.id(),
                                        listing.version(),
                                        now);
                return seen.plus(minimum).isAfter(now)
                        ? Optional.of("was first seen here less than " + minimum + " ago")
                        : Optional.empty();
            } catch (IOException e) {
                throw StorageFailure.of("look up when " + ref + " was first seen", e);
            }
        };
    }

    private void sayLeftOut(LeftOut one) {
        environment
                .progress()
                .say("left out the optional " + one.dependency().id() + ": " + one.reason());
    }

    private LockedPackage lock(
            ResolvedPackage one, RegistryCatalog catalog, Map<PackageId, Listing> listings) {
        if (one.listing().yanked()) {
            environment.progress().say("warning: " + one + " was yanked by its publisher");
        }
        PackageRef ref = one.ref();
        Optional<LockedPackage> before =
                situation
                        .lockfile()
                        .get(one.id())
                        .filter(old -> old.version().equals(one.version()))
                        .filter(old -> old.publisher().equals(ref.publisher()));
        if (before.isPresent()) {
            LockedPackage old = before.get();
            return new LockedPackage(
                    old.id(),
                    old.version(),
                    old.publisher(),
                    old.cid(),
                    old.integrity(),
                    old.source(),
                    one.dependencies(),
                    Optional.empty());
        }
        Listing listing =
                catalog.find(ref, one.version()).orElseThrow(() -> Fetch.notFound(one.toString()));
        listings.put(one.id(), listing);
        Content content = listing.release().content();
        return new LockedPackage(
                one.id(),
                one.version(),
                ref.publisher(),
                content.cid(),
                content.sha256(),
                listing.source(),
                one.dependencies(),
                Optional.empty());
    }

    private Registry registry() {
        Registry registry = environment.registry().get();
        if (flags.contains(Flag.OFFLINE)) {
            Fetch.refuseRemote(registry);
        }
        return registry;
    }
}

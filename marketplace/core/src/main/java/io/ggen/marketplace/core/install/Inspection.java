package io.ggen.marketplace.core.install;

import io.ggen.base.Sha256;
import io.ggen.marketplace.core.VersionListing;
import io.ggen.marketplace.core.install.lock.LockedPackage;
import io.ggen.marketplace.core.install.lock.Lockfile;
import io.ggen.marketplace.model.Dependency;
import io.ggen.marketplace.model.Did;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.Version;
import io.ggen.marketplace.model.VersionRange;
import io.ggen.multiformats.Cid;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Tells what is installed, why, and what is newer. Reads the lockfile and the manifest; only {@link
 * #outdated} asks the registry. Nothing is written.
 */
public final class Inspection {
    private static final int MAX_PATHS = 100;

    private final InstallEnvironment environment;
    private final InstallPlace place;

    /** Looks at {@code place}; reads nothing yet. */
    public Inspection(InstallEnvironment environment, InstallPlace place) {
        this.environment = environment;
        this.place = place;
    }

    /**
     * An installed package.
     *
     * @param requested the range it is asked for with; absent where others need it
     */
    public record Item(
            PackageId id,
            Version version,
            Path path,
            Sha256 integrity,
            Cid cid,
            Optional<Did> publisher,
            Optional<VersionRange> requested) {}

    /**
     * A package that has newer versions.
     *
     * @param wanted the newest in the range asked for
     * @param latest the newest of all
     */
    public record Outdated(PackageId id, Version current, Version wanted, Version latest) {}

    /** A package with what it needs; {@code repeated} where its dependencies stand elsewhere. */
    public record Node(PackageId id, Version version, boolean repeated, List<Node> dependencies) {
        /** Copies the list. */
        public Node {
            dependencies = List.copyOf(dependencies);
        }
    }

    private Situation situation() {
        boolean manifest =
                place.manifest().isPresent() && java.nio.file.Files.exists(place.manifest().get());
        return Situation.read(place, manifest);
    }

    private Wanted wanted(Situation situation) {
        return situation.wanted(new Owners(environment, place));
    }

    /** Returns what is installed, sorted by id. */
    public List<Item> list() {
        Situation situation = situation();
        Wanted wanted = wanted(situation);
        List<Item> items = new ArrayList<>();
        for (LockedPackage one : situation.lockfile().packages()) {
            items.add(
                    new Item(
                            one.id(),
                            one.version(),
                            place.folder(one.id()),
                            one.integrity(),
                            one.cid(),
                            one.publisher(),
                            wanted.range(one.id())));
        }
        return items;
    }

    /**
     * Returns the packages that have newer versions, sorted by id: those asked for directly and
     * those that came along. What is wanted is the newest that everybody who asks for it allows.
     */
    public List<Outdated> outdated() {
        Situation situation = situation();
        Map<PackageId, List<VersionRange>> asked = asked(situation);
        List<Outdated> outdated = new ArrayList<>();
        for (LockedPackage one : situation.lockfile().packages()) {
            outdated(one, asked.getOrDefault(one.id(), List.of())).ifPresent(outdated::add);
        }
        return outdated;
    }

    private Map<PackageId, List<VersionRange>> asked(Situation situation) {
        Wanted wanted = wanted(situation);
        Map<PackageId, List<VersionRange>> asked = new HashMap<>();
        for (LockedPackage one : situation.lockfile().packages()) {
            wanted.get(one.id()).ifPresent(dependency -> note(asked, dependency));
            environment
                    .registry()
                    .get()
                    .getPackageVersion(one.ref(), one.version())
                    .ifPresent(listing ->
                            listing.release()
                                    .dependencies()
                                    .forEach(dependency -> note(asked, dependency)));
        }
        return asked;
    }

    private static void note(Map<PackageId, List<VersionRange>> asked, Dependency dependency) {
        asked.computeIfAbsent(dependency.id(), id -> new ArrayList<>()).add(dependency.range());
    }

    private Optional<Outdated> outdated(LockedPackage one, List<VersionRange> asked) {
        List<VersionListing> listings = environment.registry().get().listVersions(one.ref());
        Version latest = newest(one.version(), listings, v -> !v.isPreRelease());
        Version inRange =
                newest(
                        one.version(),
                        listings,
                        v -> !asked.isEmpty() && asked.stream().allMatch(r -> r.contains(v)));
        return latest.compareTo(one.version()) > 0 || inRange.compareTo(one.version()) > 0
                ? Optional.of(new Outdated(one.id(), one.version(), inRange, latest))
                : Optional.empty();
    }

    private static Version newest(
            Version current, List<VersionListing> listings, Predicate<Version> fits) {
        Version newest = current;
        for (VersionListing listing : listings) {
            Version version = listing.version();
            if (!listing.yanked() && fits.test(version) && version.compareTo(newest) > 0) {
                newest = version;
            }
        }
        return newest;
    }

    /** Returns what is asked for directly with all that it needs, sorted by id. */
    public List<Node> tree() {
        Situation situation = situation();
        Set<PackageId> shown = new HashSet<>();
        List<Node> roots = new ArrayList<>();
        for (PackageId id : roots(situation)) {
            roots.add(node(id, situation.lockfile(), shown));
        }
        return roots;
    }

    private static Node node(PackageId id, Lockfile lockfile, Set<PackageId> shown) {
        LockedPackage one = lockfile.get(id).orElseThrow();
        boolean repeated = !shown.add(id);
        List<Node> dependencies = new ArrayList<>();
        if (!repeated) {
            one.dependencies().forEach(next -> dependencies.add(node(next, lockfile, shown)));
        }
        return new Node(id, one.version(), repeated && !one.dependencies().isEmpty(), dependencies);
    }

    private Set<PackageId> roots(Situation situation) {
        Set<PackageId> roots = new TreeSet<>(wanted(situation).ids());
        roots.retainAll(situation.lockfile().ids());
        if (roots.isEmpty()) {
            roots.addAll(situation.lockfile().ids());
            situation.lockfile().packages().forEach(one -> roots.removeAll(one.dependencies()));
        }
        return roots;
    }

    /**
     * Returns the ways from what is asked for directly to {@code id}, at most 100, shortest first.
     * Throws PACKAGE_NOT_FOUND where it is not installed.
     */
    public List<List<PackageId>> why(PackageId id) {
        Situation situation = situation();
        if (situation.lockfile().get(id).isEmpty()) {
            throw new MarketplaceException(
                    ErrorCode.PACKAGE_NOT_FOUND,
                    id + " is not installed here.",
                    "`ggen m list` shows what is.",
                    Map.of("id", id.text()));
        }
        Set<PackageId> roots = roots(situation);
        List<List<PackageId>> found = new ArrayList<>();
        Deque<List<PackageId>> open = new ArrayDeque<>();
        open.add(List.of(id));
        while (!open.isEmpty() && found.size() < MAX_PATHS) {
            List<PackageId> path = open.remove();
            if (roots.contains(path.getFirst())) {
                found.add(path);
            }
            for (LockedPackage asker : situation.lockfile().packages()) {
                if (asker.dependencies().contains(path.getFirst())
                        && !path.contains(asker.id())
                        && open.size() < 10_000) {
                    List<PackageId> longer = new ArrayList<>(path);
                    longer.addFirst(asker.id());
                    open.add(longer);
                }
            }
        }
        return found;
    }
}

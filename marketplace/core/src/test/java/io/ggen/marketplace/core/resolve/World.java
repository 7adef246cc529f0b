package io.ggen.marketplace.core.resolve;

import io.ggen.base.Bytes;
import io.ggen.marketplace.core.VersionListing;
import io.ggen.marketplace.model.Dependency;
import io.ggen.marketplace.model.Did;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.PackageRef;
import io.ggen.marketplace.model.Version;
import io.ggen.marketplace.model.VersionRange;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A catalogue in memory, written down in few words. */
final class World implements PackageCatalog {
    private final Map<PackageId, Map<Optional<Did>, Map<Version, Entry>>> packages =
            new LinkedHashMap<>();
    private final Map<PackageId, MarketplaceException> broken = new HashMap<>();
    final List<String> asked = new ArrayList<>();

    private static final Entry NOTHING = new Entry(false, List.of());

    private record Entry(boolean yanked, List<Dependency> dependencies) {}

    /** Adds {@code name version} with dependencies such as {@code leaf ^1} or {@code ?leaf *}. */
    World with(String release, String... dependencies) {
        return add(Optional.empty(), release, false, dependencies);
    }

    World withYanked(String release, String... dependencies) {
        return add(Optional.empty(), release, true, dependencies);
    }

    World of(Did publisher, String release, String... dependencies) {
        return add(Optional.of(publisher), release, false, dependencies);
    }

    /** Lets every question about {@code id} fail. */
    World broken(String id, MarketplaceException failure) {
        broken.put(new PackageId(id), failure);
        return this;
    }

    World add(Optional<Did> publisher, String release, boolean yanked, String... dependencies) {
        String[] words = release.split(" ", 2);
        List<Dependency> parsed = new ArrayList<>();
        for (String dependency : dependencies) {
            parsed.add(dependency(dependency));
        }
        packages.computeIfAbsent(new PackageId(words[0]), id -> new LinkedHashMap<>())
                .computeIfAbsent(publisher, did -> new LinkedHashMap<>())
                .put(Version.parse(words[1]), new Entry(yanked, parsed));
        return this;
    }

    /** Reads {@code [?]id range [did]}, the range possibly with spaces inside. */
    static Dependency dependency(String text) {
        boolean optional = text.startsWith("?");
        String[] words = text.substring(optional ? 1 : 0).split(" ", 2);
        String rest = words[1];
        int did = rest.indexOf(" did:");
        Optional<Did> publisher =
                did < 0 ? Optional.empty() : Optional.of(new Did(rest.substring(did + 1)));
        VersionRange range = VersionRange.parse(did < 0 ? rest : rest.substring(0, did));
        return new Dependency(new PackageId(words[0]), range, publisher, optional);
    }

    static ResolveRequest asking(String... requirements) {
        List<Dependency> parsed = new ArrayList<>();
        for (String requirement : requirements) {
            parsed.add(dependency(requirement));
        }
        return ResolveRequest.of(parsed);
    }

    static Map<PackageRef, Version> locks(String... locks) {
        Map<PackageRef, Version> locked = new HashMap<>();
        for (String lock : locks) {
            String[] words = lock.split(" ", 2);
            locked.put(PackageRef.of(new PackageId(words[0])), Version.parse(words[1]));
        }
        return locked;
    }

    static Did key(int number) {
        byte[] bytes = new byte[32];
        java.util.Arrays.fill(bytes, (byte) (10 + number));
        return Did.of(Bytes.wrap(bytes));
    }

    Resolution resolve(String... requirements) {
        return resolve(asking(requirements));
    }

    Resolution resolve(ResolveRequest request) {
        return new Resolver(this).resolve(request);
    }

    /** Resolves what must have a solution, to {@code id version} texts sorted by id. */
    List<String> solve(ResolveRequest request) {
        Map<String, String> sorted = new TreeMap<>();
        for (ResolvedPackage each : resolve(request).orThrow().packages()) {
            sorted.put(each.id().text(), each.id() + " " + each.version());
        }
        return List.copyOf(sorted.values());
    }

    List<String> solve(String... requirements) {
        return solve(asking(requirements));
    }

    @Override
    public List<VersionListing> candidates(PackageRef ref) {
        check(ref, "versions of " + ref.id());
        List<VersionListing> listings = new ArrayList<>();
        packages.getOrDefault(ref.id(), Map.of())
                .forEach((publisher, versions) -> {
                    if (ref.publisher().isEmpty() || ref.publisher().equals(publisher)) {
                        versions.forEach((version, entry) ->
                                listings.add(
                                        new VersionListing(version, publisher, entry.yanked())));
                    }
                });
        return listings;
    }

    @Override
    public List<Dependency> dependencies(PackageRef ref, Version version) {
        check(ref, "dependencies of " + ref.id() + " " + version);
        return packages.getOrDefault(ref.id(), Map.of())
                .getOrDefault(ref.publisher(), Map.of())
                .getOrDefault(version, NOTHING)
                .dependencies();
    }

    private void check(PackageRef ref, String question) {
        MarketplaceException failure = broken.get(ref.id());
        if (failure != null) {
            throw failure;
        }
        asked.add(question);
    }
}

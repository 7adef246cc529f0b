package io.ggen.bench;

import io.ggen.marketplace.core.VersionListing;
import io.ggen.marketplace.core.resolve.PackageCatalog;
import io.ggen.marketplace.core.resolve.ResolveRequest;
import io.ggen.marketplace.model.Dependency;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.PackageRef;
import io.ggen.marketplace.model.Version;
import io.ggen.marketplace.model.VersionRange;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A made-up world of packages {@code p0 … pN} with versions {@code 1.0.0, 2.0.0 …}, without cycles,
 * for our resolver and, in the same words, for a rival.
 */
final class ResolveGraph implements PackageCatalog {
    private final String name;
    private final List<Edge> roots = new ArrayList<>();
    private final Map<Integer, List<List<Edge>>> packages = new HashMap<>();
    private final Map<PackageRef, List<VersionListing>> listings = new HashMap<>();
    private final Map<PackageRef, List<List<Dependency>>> dependencies = new HashMap<>();

    /** A dependency on some versions of a package. */
    record Edge(int on, BitSet versions) {}

    ResolveGraph(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    /** Adds a package; {@code versions} has the dependencies of version 1, 2, and so on. */
    void add(int number, List<List<Edge>> versions) {
        packages.put(number, versions);
    }

    void require(int on, BitSet versions) {
        roots.add(new Edge(on, versions));
    }

    List<Edge> roots() {
        return roots;
    }

    Map<Integer, List<List<Edge>>> packages() {
        return packages;
    }

    static String packageName(int number) {
        return "p" + number;
    }

    /** Makes the objects that the resolver reads, and returns what it is asked for. */
    ResolveRequest request() {
        Map<String, VersionRange> ranges = new HashMap<>();
        packages.forEach((number, versions) -> {
            List<VersionListing> listing = new ArrayList<>();
            List<List<Dependency>> all = new ArrayList<>();
            for (int version = 1; version <= versions.size(); version++) {
                listing.add(new VersionListing(Version.of(version, 0, 0), Optional.empty(), false));
                all.add(dependencies(versions.get(version - 1), ranges));
            }
            listings.put(ref(number), listing);
            dependencies.put(ref(number), all);
        });
        return ResolveRequest.of(dependencies(roots, ranges));
    }

    private static List<Dependency> dependencies(
            List<Edge> edges, Map<String, VersionRange> ranges) {
        List<Dependency> result = new ArrayList<>();
        for (Edge edge : edges) {
            VersionRange range =
                    ranges.computeIfAbsent(range(edge.versions()), VersionRange::parse);
            result.add(new Dependency(ref(edge.on()).id(), range, Optional.empty(), false));
        }
        return result;
    }

    private static PackageRef ref(int number) {
        return PackageRef.of(new PackageId(packageName(number)));
    }

    /** Writes a set as {@code >=a <b || >=c <d}. */
    private static String range(BitSet versions) {
        StringBuilder text = new StringBuilder();
        for (int from = versions.nextSetBit(0); from >= 0; ) {
            int to = versions.nextClearBit(from);
            text.append(text.isEmpty() ? "" : " || ").append(">=").append(from).append(".0.0 <");
            text.append(to).append(".0.0");
            from = versions.nextSetBit(to);
        }
        return text.toString();
    }

    @Override
    public List<VersionListing> candidates(PackageRef ref) {
        return listings.getOrDefault(ref, List.of());
    }

    @Override
    public List<Dependency> dependencies(PackageRef ref, Version version) {
        List<List<Dependency>> versions = dependencies.getOrDefault(ref, List.of());
        return versions.get((int) version.major() - 1);
    }
}

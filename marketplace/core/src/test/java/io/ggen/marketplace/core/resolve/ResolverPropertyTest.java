package io.ggen.marketplace.core.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import io.ggen.marketplace.model.Dependency;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.PackageRef;
import io.ggen.marketplace.model.Version;
import io.ggen.testkit.Gen;
import io.ggen.testkit.Property;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Compares the resolver with a search that tries everything, on small random worlds. */
class ResolverPropertyTest {
    private static final List<String> RANGES =
            List.of("*", "1.0.0", "2.0.0", "^1", ">=2", "<2", ">1.0.0", "3.0.0", "<=2 || >=4");

    /** A world as text: {@code a 1.0.0: b ^1, c *}. */
    private record Sketch(List<String> releases, List<String> requirements) {
        World world(long shuffle) {
            List<String> order = new ArrayList<>(releases);
            Random random = new Random(shuffle);
            Collections.shuffle(order, random);
            World world = new World();
            for (String release : order) {
                int colon = release.indexOf(':');
                List<String> dependencies = new ArrayList<>(list(release.substring(colon + 1)));
                Collections.shuffle(dependencies, random);
                world.with(release.substring(0, colon), dependencies.toArray(String[]::new));
            }
            return world;
        }

        static List<String> list(String text) {
            List<String> parts = new ArrayList<>();
            for (String part : text.split(",", -1)) {
                if (!part.isBlank()) {
                    parts.add(part.strip());
                }
            }
            return parts;
        }

        ResolveRequest request() {
            return World.asking(requirements.toArray(String[]::new));
        }
    }

    private static Gen<Sketch> sketches(boolean optional) {
        return random -> {
            int packages = random.nextInt(2, 7);
            List<String> releases = new ArrayList<>();
            for (int p = 0; p < packages; p++) {
                for (int v = 1; v <= random.nextInt(1, 5); v++) {
                    List<String> dependencies = new ArrayList<>();
                    for (int q = 0; q < packages + 1; q++) {
                        boolean forward = q > p || random.nextInt(6) == 0;
                        if (forward && random.nextInt(3) == 0) {
                            String mark = optional && random.nextInt(3) == 0 ? "?" : "";
                            dependencies.add(mark + name(q) + " " + range(random));
                        }
                    }
                    releases.add(name(p) + " " + v + ".0.0:" + String.join(",", dependencies));
                }
            }
            List<String> requirements = new ArrayList<>();
            for (int p = 0; p < Math.min(2, packages); p++) {
                requirements.add(name(p) + " " + range(random));
            }
            return new Sketch(releases, requirements);
        };
    }

    private static String name(int number) {
        return String.valueOf((char) ('a' + number));
    }

    private static String range(RandomGenerator random) {
        return RANGES.get(random.nextInt(RANGES.size()));
    }

    @Test
    void findsASolutionExactlyWhereThereIsOne() {
        Property.forAll(
                sketches(false),
                4_000,
                sketch -> {
                    boolean possible = new Everything(sketch.world(0)).solvable(sketch.request());
                    Resolution resolution = sketch.world(0).resolve(sketch.request());
                    assertThat(resolution instanceof Resolution.Solved).isEqualTo(possible);
                    if (resolution instanceof Resolution.Solved solved) {
                        check(sketch, solved);
                    }
                });
    }

    @Test
    void answersTheSameInWhateverOrderThingsAreListed() {
        Property.forAll(
                sketches(true),
                300,
                sketch -> {
                    Resolution once = sketch.world(1).resolve(sketch.request());
                    ResolveRequest reversed =
                            ResolveRequest.of(sketch.request().requirements().reversed());
                    assertThat(sketch.world(2).resolve(reversed)).isEqualTo(once);
                });
    }

    @Test
    void optionalDependenciesChangeNothingElse() {
        Property.forAll(
                sketches(true),
                2_000,
                sketch -> {
                    Set<PackageId> all = new HashSet<>();
                    for (int p = 0; p < 8; p++) {
                        all.add(new PackageId(name(p)));
                    }
                    Resolution without = sketch.world(0).resolve(sketch.request().without(all));
                    Resolution with = sketch.world(0).resolve(sketch.request());
                    assertThat(with.getClass()).isEqualTo(without.getClass());
                    if (with instanceof Resolution.Solved solved) {
                        check(sketch, solved);
                        assertThat(versions(solved))
                                .containsAllEntriesOf(versions((Resolution.Solved) without));
                    }
                });
    }

    private static Map<PackageId, Version> versions(Resolution.Solved solved) {
        Map<PackageId, Version> versions = new HashMap<>();
        solved.packages().forEach(each -> versions.put(each.id(), each.version()));
        return versions;
    }

    /** Checks that every demand is met, nothing is superfluous, and the order holds. */
    private static void check(Sketch sketch, Resolution.Solved solved) {
        World world = sketch.world(0);
        Map<PackageId, Version> chosen = versions(solved);
        Set<PackageId> seen = new HashSet<>();
        Set<PackageId> needed = new HashSet<>();
        for (ResolvedPackage each : solved.packages()) {
            for (Dependency dependency : world.dependencies(each.ref(), each.version())) {
                if (each.dependencies().contains(dependency.id())) {
                    needed.add(dependency.id());
                    assertThat(seen).contains(dependency.id());
                    assertThat(chosen.get(dependency.id())).matches(dependency.range()::contains);
                } else {
                    assertThat(dependency.optional()).isTrue();
                }
            }
            seen.add(each.id());
        }
        for (Dependency dependency : sketch.request().requirements()) {
            needed.add(dependency.id());
            assertThat(chosen.get(dependency.id())).matches(dependency.range()::contains);
        }
        assertThat(chosen.keySet()).isEqualTo(needed);
    }

    /** Tries every version of everything, one demand after the other. */
    private record Everything(World world) {
        boolean solvable(ResolveRequest request) {
            return search(new HashMap<>(), new ArrayList<>(request.requirements()));
        }

        private boolean search(Map<PackageId, Version> chosen, List<Dependency> demands) {
            if (demands.isEmpty()) {
                return !cyclic(chosen);
            }
            List<Dependency> rest = new ArrayList<>(demands);
            Dependency demand = rest.removeLast();
            Version version = chosen.get(demand.id());
            if (version != null) {
                return demand.range().contains(version) && search(chosen, rest);
            }
            PackageRef ref = PackageRef.of(demand.id());
            return world.candidates(ref).stream()
                    .filter(listing -> demand.range().contains(listing.version()))
                    .anyMatch(listing -> {
                        Map<PackageId, Version> more = new HashMap<>(chosen);
                        more.put(demand.id(), listing.version());
                        List<Dependency> all = new ArrayList<>(rest);
                        all.addAll(world.dependencies(ref, listing.version()));
                        return search(more, all);
                    });
        }

        private boolean cyclic(Map<PackageId, Version> chosen) {
            Set<PackageId> left = new HashSet<>(chosen.keySet());
            boolean progress = true;
            while (progress) {
                progress = left.removeIf(id -> ready(id, chosen, left));
            }
            return !left.isEmpty();
        }

        private boolean ready(PackageId id, Map<PackageId, Version> chosen, Set<PackageId> left) {
            return world
                    .dependencies(PackageRef.of(id), Objects.requireNonNull(chosen.get(id)))
                    .stream()
                    .noneMatch(dependency -> left.contains(dependency.id()));
        }
    }
}

package io.ggen.marketplace.core.resolve;

import io.ggen.marketplace.model.Dependency;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.PackageRef;
import io.ggen.marketplace.model.Version;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** One resolution: first everything that is required, then one optional dependency at a time. */
final class Attempt {
    private static final long TRIAL_CONFLICTS = 200;

    private final PackageCatalog catalog;
    private final ResolveRequest request;
    private final Universe universe;
    private final Solver solver;
    private final List<Choice> choices = new ArrayList<>();
    private final Set<Node> expanded = new HashSet<>();
    private final List<LeftOut> leftOut = new ArrayList<>();

    /**
     * An optional dependency that may be taken.
     *
     * @param asker whose it is; null for a direct requirement
     */
    private record Choice(@Nullable Node asker, Dependency dependency, Node node) {}

    /** An optional dependency that waits. */
    private record Wish(@Nullable Node asker, Dependency dependency) {}

    Attempt(PackageCatalog catalog, ResolveRequest request) {
        this.catalog = catalog;
        this.request = request;
        this.universe = new Universe(catalog, request);
        this.solver = new Solver(universe.nodes, universe);
        universe.onExtra(solver::add);
    }

    Resolution run() {
        addRequirements();
        if (!solveWithoutCircles(null)) {
            return new Failure(universe.nodes, solver.core()).resolution(this::fits);
        }
        takeOptional(Universe.sorted(request.requirements()));
        return solved();
    }

    /** Tries the required part alone with one requirement changed, for a while. */
    private Optional<Version> fits(Dependency original, Dependency changed) {
        List<Dependency> requirements = new ArrayList<>(request.requirements());
        requirements.remove(original);
        requirements.removeIf(Dependency::optional);
        requirements.add(changed);
        try {
            Attempt trial = new Attempt(catalog, request.asking(requirements));
            return trial.versionOf(changed);
        } catch (MarketplaceException e) {
            return Optional.empty();
        }
    }

    private Optional<Version> versionOf(Dependency dependency) {
        solver.limit(TRIAL_CONFLICTS);
        addRequirements();
        if (!solveWithoutCircles(null) || solver.gaveUp()) {
            return Optional.empty();
        }
        Node node = universe.node(new PackageRef(dependency.id(), dependency.publisher()));
        return Optional.of(node.version(solver.value(node)));
    }

    /** Solves again and again until the chosen packages have no cycle. */
    private boolean solveWithoutCircles(@Nullable Node wanted) {
        while (solver.solve(wanted) && !solver.gaveUp()) {
            Optional<List<Node>> cycle = new Circles(edges()).find();
            if (cycle.isEmpty()) {
                return true;
            }
            solver.add(impossible(cycle.get()));
        }
        return false;
    }

    /** Returns the fact that whoever depends on the next of a cycle cannot be chosen together. */
    private Incompatibility impossible(List<Node> path) {
        List<Node> nodes = new ArrayList<>();
        List<long[]> sets = new ArrayList<>();
        List<Node> packages = path.stream().filter(node -> !node.isChoice()).toList();
        List<String> versions = new ArrayList<>();
        packages.forEach(node -> versions.add(node.version(solver.value(node)).toString()));
        for (int i = 0; i < path.size(); i++) {
            Node node = path.get(i);
            Node next = path.get((i + 1) % path.size());
            nodes.add(node);
            sets.add(dependingOn(node, next));
        }
        return new Incompatibility(new Cause.Circle(packages, versions), nodes, sets);
    }

    private long[] dependingOn(Node node, Node next) {
        long[] set = node.only(solver.value(node));
        for (Map.Entry<Node.Edge, Incompatibility> edge : node.merged.entrySet()) {
            if (edge.getKey().on() == next) {
                set = Bits.or(set, edge.getValue().set(0));
            }
        }
        return set;
    }

    /** Returns the chosen nodes, each with what it depends on, in the order of their indices. */
    private Map<Node, List<Node>> edges() {
        Map<Node, List<Node>> edges = new LinkedHashMap<>();
        for (Node node : universe.nodes) {
            int value = solver.value(node);
            if (value != Node.ABSENT) {
                edges.put(node, new ArrayList<>(targets(node, value)));
            }
        }
        for (Choice choice : choices) {
            if (choice.asker() != null && solver.value(choice.node()) != Node.ABSENT) {
                List<Node> targets = edges.get(choice.asker());
                if (targets != null) {
                    targets.add(choice.node());
                }
            }
        }
        return edges;
    }

    private static List<Node> targets(Node node, int value) {
        List<Node> targets = new ArrayList<>();
        List<Incompatibility> facts = node.facts[value];
        if (facts != null) {
            for (Incompatibility fact : facts) {
                if (fact.cause instanceof Cause.Depends depends) {
                    targets.add(depends.on());
                }
            }
        }
        return targets;
    }

    private void takeOptional(List<Dependency> requirements) {
        Deque<Wish> wishes = new ArrayDeque<>();
        for (Dependency dependency : requirements) {
            if (dependency.optional()) {
                wishes.add(new Wish(null, dependency));
            }
        }
        collect(wishes);
        while (!wishes.isEmpty()) {
            Wish wish = wishes.remove();
            if (!request.unwanted().contains(wish.dependency().id())) {
                take(wish);
                collect(wishes);
            }
        }
    }

    /** Adds the optional dependencies of packages that were chosen since the last time. */
    private void collect(Deque<Wish> wishes) {
        List<Node> chosen = new ArrayList<>();
        for (Node node : universe.nodes) {
            if (solver.value(node) != Node.ABSENT && !node.isChoice() && expanded.add(node)) {
                chosen.add(node);
            }
        }
        chosen.sort((one, other) -> one.ref.id().compareTo(other.ref.id()));
        for (Node node : chosen) {
            List<Dependency> optional = node.optional[solver.value(node)];
            if (optional != null) {
                optional.forEach(dependency -> wishes.add(new Wish(node, dependency)));
            }
        }
    }

    private void take(Wish wish) {
        solver.trail.freeze();
        try {
            Node node = universe.choice(wish.dependency());
            Incompatibility needs = universe.chosen(node, wish.dependency());
            node.facts[1] = List.of(needs);
            choices.add(new Choice(wish.asker(), wish.dependency(), node));
            if (!solveWithoutCircles(node) || solver.value(node) == Node.ABSENT) {
                leaveOut(wish, reason(node));
            }
        } catch (MarketplaceException e) {
            if (e.code() == ErrorCode.SECURITY) {
                throw e;
            }
            solver.reset();
            leaveOut(wish, String.valueOf(e.getMessage()));
        }
    }

    private void addRequirements() {
        for (Dependency dependency : Universe.sorted(request.requirements())) {
            if (!dependency.optional()) {
                solver.add(universe.required(dependency));
            }
        }
    }

    private String reason(Node choice) {
        return new Failure(universe.nodes, Failure.asRequired(solver.coreOf(choice), choice))
                .text();
    }

    private void leaveOut(Wish wish, String reason) {
        Node asker = wish.asker();
        leftOut.add(
                new LeftOut(
                        asker == null ? "" : asker + " " + asker.version(solver.value(asker)),
                        wish.dependency(),
                        reason));
    }

    private Resolution solved() {
        Map<Node, List<Node>> edges = edges();
        Circles graph = new Circles(edges);
        if (graph.find().isPresent()) {
            throw new IllegalStateException("a cycle was left in a solution");
        }
        Set<PackageId> direct = new HashSet<>();
        request.requirements().forEach(dependency -> direct.add(dependency.id()));
        List<ResolvedPackage> packages = new ArrayList<>();
        for (Node node : graph.order()) {
            if (!node.isChoice()) {
                Set<PackageId> dependencies = new TreeSet<>();
                edges.getOrDefault(node, List.of())
                        .forEach(target -> dependencies.add(target.ref.id()));
                int value = solver.value(node);
                packages.add(
                        new ResolvedPackage(
                                node.refOf(value),
                                node.listing(value),
                                List.copyOf(dependencies),
                                direct.contains(node.ref.id())));
            }
        }
        return new Resolution.Solved(packages, leftOut);
    }
}

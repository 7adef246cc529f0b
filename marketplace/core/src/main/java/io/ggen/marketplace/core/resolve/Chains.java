package io.ggen.marketplace.core.resolve;

import io.ggen.marketplace.model.Dependency;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes one fact of a long row of packages, each of which only the one before depends on and which
 * matters for nothing but what it depends on itself.
 */
final class Chains {
    private static final int SHORTEST = 4;

    private final List<Incompatibility> facts;
    private final Map<Node, List<Incompatibility>> about = new HashMap<>();

    private Chains(List<Incompatibility> facts) {
        this.facts = facts;
        for (Incompatibility fact : facts) {
            for (Node node : fact.nodes) {
                about.computeIfAbsent(node, key -> new ArrayList<>()).add(fact);
            }
        }
    }

    /** Returns {@code facts} with every row of four dependencies or more made one. */
    static List<Incompatibility> joined(List<Incompatibility> facts) {
        return new Chains(facts).joined();
    }

    private List<Incompatibility> joined() {
        List<Incompatibility> result = new ArrayList<>(facts);
        for (Incompatibility fact : facts) {
            if (isDependency(fact) && !isInner(fact.nodes[0])) {
                List<Incompatibility> chain = from(fact);
                if (chain.size() >= SHORTEST) {
                    result.set(result.indexOf(fact), asOne(chain));
                    result.removeAll(chain);
                }
            }
        }
        return result;
    }

    private List<Incompatibility> from(Incompatibility first) {
        List<Incompatibility> chain = new ArrayList<>(List.of(first));
        Incompatibility last = first;
        while (last.nodes.length == 2 && isInner(last.nodes[1]) && chain.size() <= facts.size()) {
            last = needs(last.nodes[1]);
            chain.add(last);
        }
        return chain;
    }

    private static boolean isDependency(Incompatibility fact) {
        return fact.cause instanceof Cause.Depends || fact.cause instanceof Cause.DependsSomehow;
    }

    /** Returns whether two facts alone speak of {@code node}: it is needed, and it needs. */
    private boolean isInner(Node node) {
        List<Incompatibility> both = about.getOrDefault(node, List.of());
        if (both.size() != 2 || !both.stream().allMatch(Chains::isDependency)) {
            return false;
        }
        Incompatibility needs = needs(node);
        Incompatibility needed = both.getFirst().equals(needs) ? both.getLast() : both.getFirst();
        return needs.nodes[0].equals(node)
                && needed.nodes.length == 2
                && needed.nodes[1].equals(node)
                && Bits.count(Bits.or(needs.set(0), needed.set(1))) == node.values;
    }

    private Incompatibility needs(Node inner) {
        List<Incompatibility> both = about.getOrDefault(inner, List.of());
        return both.getFirst().nodes[0].equals(inner) ? both.getFirst() : both.getLast();
    }

    private static Incompatibility asOne(List<Incompatibility> chain) {
        Incompatibility first = chain.getFirst();
        Incompatibility last = chain.getLast();
        List<Node> path = new ArrayList<>();
        chain.forEach(fact -> path.add(fact.nodes[0]));
        Node on = last.nodes.length == 2 ? last.nodes[1] : last.nodes[0];
        List<Dependency> dependencies =
                switch (last.cause) {
                    case Cause.Depends depends -> {
                        on = depends.on();
                        yield List.of(depends.dependency());
                    }
                    case Cause.DependsSomehow somehow -> somehow.dependencies();
                    default -> List.of();
                };
        Cause cause = new Cause.DependsThrough(path, dependencies, on);
        return last.nodes.length == 2
                ? new Incompatibility(
                        cause,
                        List.of(first.nodes[0], last.nodes[1]),
                        List.of(first.set(0), last.set(1)))
                : Incompatibility.of(cause, first.nodes[0], first.set(0));
    }
}

package io.ggen.marketplace.core.resolve;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A chain of resolutions: the first fact resolved with each of the others in turn.
 *
 * @param facts what is resolved, given or derived
 * @param results what holds after each of the facts but the first
 */
record Proof(List<Incompatibility> facts, List<Incompatibility> results) {
    /** Returns the chain behind a fact whose cause is a whole proof. */
    static Proof of(Incompatibility derived, Cause.Derived cause) {
        Proof plain = replay(cause.from(), cause.pivots());
        return derived.nodes.length > 0 ? plain : requirementsLast(plain, cause);
    }

    private static Proof replay(List<Incompatibility> facts, List<Node> pivots) {
        List<Incompatibility> results = new ArrayList<>();
        Incompatibility current = facts.getFirst();
        for (int i = 1; i < facts.size(); i++) {
            current = resolved(current, facts.get(i), pivots.get(i - 1));
            results.add(current);
        }
        return new Proof(facts, results);
    }

    /** Returns the same with what is required directly at the end, where that works. */
    private static Proof requirementsLast(Proof plain, Cause.Derived cause) {
        List<Incompatibility> facts = new ArrayList<>();
        List<Node> pivots = new ArrayList<>();
        List<Incompatibility> required = new ArrayList<>();
        for (int i = 0; i < cause.from().size(); i++) {
            Incompatibility fact = cause.from().get(i);
            if (fact.cause instanceof Cause.Required) {
                required.add(fact);
            } else {
                if (!facts.isEmpty()) {
                    pivots.add(cause.pivots().get(i - 1));
                }
                facts.add(fact);
            }
        }
        for (Incompatibility fact : required) {
            if (!facts.isEmpty()) {
                pivots.add(fact.nodes[0]);
            }
            facts.add(fact);
        }
        Proof sorted = replay(facts, pivots);
        return sorted.isComplete() ? sorted : plain;
    }

    private boolean isComplete() {
        return !results.isEmpty() && results.getLast().nodes.length == 0;
    }

    private static Incompatibility resolved(
            Incompatibility one, Incompatibility other, Node pivot) {
        Map<Node, long[]> terms = new LinkedHashMap<>();
        for (int i = 0; i < one.nodes.length; i++) {
            terms.put(one.nodes[i], one.set(i));
        }
        for (int i = 0; i < other.nodes.length; i++) {
            Node node = other.nodes[i];
            long[] set = other.set(i);
            terms.merge(node, set, (a, b) -> node.equals(pivot) ? Bits.or(a, b) : Bits.and(a, b));
        }
        List<Node> nodes = new ArrayList<>();
        List<long[]> sets = new ArrayList<>();
        terms.forEach((node, set) -> {
            if (Bits.count(set) < node.values) {
                nodes.add(node);
                sets.add(set);
            }
        });
        return new Incompatibility(
                new Cause.Derived(List.of(one, other), List.of(pivot), List.of()), nodes, sets);
    }
}

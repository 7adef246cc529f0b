package io.ggen.marketplace.core.resolve;

import io.ggen.marketplace.model.Dependency;

import java.util.ArrayList;
import java.util.List;

/** Makes an outcome from the facts that exclude a solution. */
final class Failure {
    private final List<Node> nodes;
    private final List<Incompatibility> core;

    /** Reduces the facts of a proof to those that matter. */
    Failure(List<Node> nodes, List<Incompatibility> facts) {
        this.nodes = nodes;
        this.core = Core.of(nodes, facts);
    }

    /** Returns why, in sentences. */
    String text() {
        StringBuilder text = new StringBuilder();
        for (List<String> cycle : cycles()) {
            text.append("A cycle of dependencies: ")
                    .append(String.join(" -> ", cycle))
                    .append(".\n");
        }
        if (core.stream().anyMatch(this::isCircleOfAll)) {
            return text.append("No other versions avoid it.").toString();
        }
        return text.append(Explainer.explain(nodes, Chains.joined(core))).toString();
    }

    private boolean isCircleOfAll(Incompatibility fact) {
        return fact.cause instanceof Cause.Circle circle
                && core.stream().allMatch(other -> circle.path().containsAll(List.of(other.nodes)));
    }

    private List<List<String>> cycles() {
        List<List<String>> cycles = new ArrayList<>();
        for (Incompatibility fact : core) {
            if (fact.cause instanceof Cause.Circle circle) {
                cycles.add(circle.texts());
            }
        }
        return cycles;
    }

    /** Returns the outcome; {@code trial} tells what could be asked for instead. */
    Resolution resolution(Advice.Trial trial) {
        Explanation why = new Explanation(text(), new Advice(core).hint(trial));
        List<List<String>> cycles = cycles();
        if (!cycles.isEmpty()) {
            return new Resolution.Cycle(cycles, why);
        }
        for (Incompatibility fact : core) {
            if (fact.cause instanceof Cause.Required(Dependency dependency, Node on)
                    && core.stream().allMatch(other -> other.equals(fact) || isRefusal(other))) {
                return on.candidates.isEmpty()
                        ? new Resolution.Unknown(on.ref, why)
                        : new Resolution.NoMatch(dependency, why);
            }
        }
        return new Resolution.Conflict(why);
    }

    private static boolean isRefusal(Incompatibility fact) {
        return fact.cause instanceof Cause.Refused;
    }

    /**
     * Returns the facts against an optional dependency as facts against the same as a requirement.
     */
    static List<Incompatibility> asRequired(List<Incompatibility> facts, Node choice) {
        List<Incompatibility> changed = new ArrayList<>();
        for (Incompatibility fact : facts) {
            int term = fact.termOf(choice);
            if (term < 0) {
                changed.add(fact);
            } else if (fact.cause instanceof Cause.Depends(var from, var dependency, var on)) {
                changed.add(Universe.required(dependency, on));
            } else {
                changed.add(without(fact, term));
            }
        }
        return changed;
    }

    private static Incompatibility without(Incompatibility fact, int term) {
        List<Node> nodes = new ArrayList<>(List.of(fact.nodes));
        List<long[]> sets = new ArrayList<>();
        for (int i = 0; i < fact.nodes.length; i++) {
            sets.add(fact.set(i));
        }
        nodes.remove(term);
        sets.remove(term);
        return new Incompatibility(fact.cause, nodes, sets);
    }
}

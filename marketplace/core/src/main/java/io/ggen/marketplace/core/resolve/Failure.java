package io.ggen.marketplace.core.resolve;

import io.ggen.marketplace.model.Dependency;

import java.util.ArrayList;
import java.util.List;

/** Makes an outcome from the facts that exclude a solution. */
final class Failure {
    private final List<Incompatibility> core;

    Failure(List<Incompatibility> core) {
        this.core = core;
    }

    Resolution resolution() {
        Explanation why = new Explanation(reason(), "change what is asked for");
        List<List<String>> cycles = new ArrayList<>();
        for (Incompatibility fact : core) {
            if (fact.cause instanceof Cause.Circle(List<Node> path)) {
                List<String> texts = new ArrayList<>();
                path.forEach(node -> texts.add(node.toString()));
                texts.add(path.getFirst().toString());
                cycles.add(texts);
            }
        }
        if (!cycles.isEmpty()) {
            return new Resolution.Cycle(cycles, why);
        }
        for (Incompatibility fact : core) {
            if (fact.cause instanceof Cause.Required(Dependency dependency, Node on)
                    && Bits.isEmpty(on.within(dependency.range()))) {
                return on.candidates.isEmpty()
                        ? new Resolution.Unknown(on.ref, why)
                        : new Resolution.NoMatch(dependency, why);
            }
        }
        return new Resolution.Conflict(why);
    }

    /** Returns one line for each fact. */
    String reason() {
        StringBuilder text = new StringBuilder();
        for (Incompatibility fact : core) {
            text.append(sentence(fact.cause)).append('\n');
        }
        return text.toString().strip();
    }

    private static String sentence(Cause cause) {
        return switch (cause) {
            case Cause.Required(var dependency, var on) ->
                    on + " " + dependency.range() + " is required";
            case Cause.Depends(var from, var dependency, var on) ->
                    from + " depends on " + on + " " + dependency.range();
            case Cause.Refused(var node, var why, var yanked) -> "a version of " + node + " " + why;
            case Cause.OnePublisher(var one, var other) ->
                    one.ref + " and " + other.ref + " cannot both be installed";
            case Cause.Circle(var path) -> "a cycle: " + path;
            case Cause.Chosen(var node, var value) ->
                    node + " " + node.version(value) + " is chosen";
            case Cause.Derived derived -> "";
        };
    }
}

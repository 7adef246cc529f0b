package io.ggen.marketplace.core.resolve;

import io.ggen.marketplace.model.Dependency;

import java.util.ArrayList;
import java.util.List;

/** Why an incompatibility holds. */
sealed interface Cause {
    /** It was asked for directly. */
    record Required(Dependency dependency, Node on) implements Cause {}

    /** Some versions of {@code from} ask for it. */
    record Depends(Node from, Dependency dependency, Node on) implements Cause {}

    /** The first of {@code path} depends on each of the others in turn, and so on {@code on}. */
    record DependsThrough(List<Node> path, List<Dependency> dependencies, Node on)
            implements Cause {}

    /**
     * Versions of {@code from} ask for it, in several ranges of which each version names one; the
     * same as one fact, weaker.
     */
    record DependsSomehow(Node from, List<Dependency> dependencies, Node on) implements Cause {}

    /** Versions may not be newly chosen. */
    record Refused(Node node, String why, boolean yanked) implements Cause {}

    /** One id, two publishers. */
    record OnePublisher(Node one, Node other) implements Cause {}

    /**
     * Each of these packages depends on the next, and the last on the first.
     *
     * @param versions of each, one example
     */
    record Circle(List<Node> path, List<String> versions) implements Cause {
        /** Returns the whole cycle, its first package again at the end. */
        List<String> texts() {
            List<String> texts = new ArrayList<>();
            for (int i = 0; i <= path.size(); i++) {
                int step = i % path.size();
                texts.add(path.get(step) + " " + versions.get(step));
            }
            return texts;
        }
    }

    /** It was decided before an optional dependency came up. */
    record Chosen(Node node, int value) implements Cause {}

    /**
     * It follows from others.
     *
     * @param from what it was derived from: the first of these resolved with each of the others in
     *     turn, where the proof is kept whole
     * @param pivots the nodes it was resolved on, where the proof is kept whole
     * @param entries further entries of the trail at level 0 that it rests on
     */
    record Derived(List<Incompatibility> from, List<Node> pivots, List<Integer> entries)
            implements Cause {}
}

package io.ggen.marketplace.core.resolve;

import io.ggen.marketplace.model.Dependency;

import java.util.List;

/** Why an incompatibility holds. */
sealed interface Cause {
    /** It was asked for directly. */
    record Required(Dependency dependency, Node on) implements Cause {}

    /** Some versions of {@code from} ask for it. */
    record Depends(Node from, Dependency dependency, Node on) implements Cause {}

    /** Versions may not be newly chosen. */
    record Refused(Node node, String why, boolean yanked) implements Cause {}

    /** One id, two publishers. */
    record OnePublisher(Node one, Node other) implements Cause {}

    /** Each of these packages depends on the next, and the last on the first. */
    record Circle(List<Node> path) implements Cause {}

    /** It was decided before an optional dependency came up. */
    record Chosen(Node node, int value) implements Cause {}

    /**
     * It follows from others.
     *
     * @param from what it was derived from
     * @param entries further entries of the trail at level 0 that it rests on
     */
    record Derived(List<Incompatibility> from, List<Integer> entries) implements Cause {}
}

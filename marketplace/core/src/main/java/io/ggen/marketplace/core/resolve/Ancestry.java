package io.ggen.marketplace.core.resolve;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** Collects the given facts behind a derived one. */
final class Ancestry {
    private final Trail trail;
    private final Set<Incompatibility> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final BitSet entriesSeen = new BitSet();
    private final Deque<Incompatibility> facts = new ArrayDeque<>();
    private final Deque<Integer> entries = new ArrayDeque<>();
    private final List<Incompatibility> roots = new ArrayList<>();

    Ancestry(Trail trail) {
        this.trail = trail;
    }

    /** Returns the roots of {@code fact} and of an entry at level 0, where not -1. */
    List<Incompatibility> roots(@Nullable Incompatibility fact, int entry) {
        if (fact != null) {
            follow(fact);
        }
        follow(entry);
        while (!facts.isEmpty() || !entries.isEmpty()) {
            while (!facts.isEmpty()) {
                expand(facts.remove());
            }
            if (!entries.isEmpty()) {
                expandEntry(entries.remove());
            }
        }
        return roots;
    }

    private void follow(Incompatibility fact) {
        if (seen.add(fact)) {
            facts.add(fact);
        }
    }

    private void follow(int entry) {
        if (entry >= 0 && !entriesSeen.get(entry)) {
            entriesSeen.set(entry);
            entries.add(entry);
        }
    }

    private void expand(Incompatibility fact) {
        if (fact.cause instanceof Cause.Derived(var from, var pivots, var rest)) {
            from.forEach(this::follow);
            rest.forEach(this::follow);
        } else {
            roots.add(fact);
        }
    }

    private void expandEntry(int entry) {
        Node node = trail.nodeAt[entry];
        node.refusals.forEach(this::follow);
        Incompatibility reason = trail.reasonAt[entry];
        if (reason == null && trail.changedNothing(entry)) {
            follow(trail.previousEntry(entry));
            return;
        }
        if (reason == null) {
            int value = trail.preferred(node);
            follow(
                    Incompatibility.of(
                            new Cause.Chosen(node, value),
                            node,
                            Bits.minus(node.all(), node.only(value))));
            return;
        }
        follow(trail.previousEntry(entry));
        follow(reason);
        for (int i = 0; i < reason.nodes.length; i++) {
            if (reason.nodes[i] != node) {
                follow(trail.satisfier(reason.nodes[i], reason.words, reason.at[i]));
                reason.nodes[i].refusals.forEach(this::follow);
            }
        }
    }
}

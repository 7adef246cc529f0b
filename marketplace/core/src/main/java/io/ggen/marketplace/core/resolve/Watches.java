package io.ggen.marketplace.core.resolve;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * Draws the conclusions of every fact: each is looked at only when one of the two terms it watches
 * comes to hold.
 */
final class Watches {
    private static final int FIRST = 4;

    private final Trail trail;
    private Incompatibility[][] watching = new Incompatibility[64][];
    private int[] counts = new int[64];
    private int done;

    Watches(Trail trail) {
        this.trail = trail;
    }

    void open(Node node) {
        if (node.index >= counts.length) {
            counts = Arrays.copyOf(counts, 2 * node.index);
            watching = Arrays.copyOf(watching, 2 * node.index);
        }
        watching[node.index] = new Incompatibility[FIRST];
    }

    /** Begins to watch {@code fact}, through terms that do not hold where there are any. */
    void attach(Incompatibility fact) {
        fact.attached = true;
        if (fact.nodes.length < 2) {
            return;
        }
        fact.watch = 0;
        fact.otherWatch = 1;
        for (int i = 2; i < fact.nodes.length && trail.holds(fact, fact.watch); i++) {
            if (!trail.holds(fact, i)) {
                fact.watch = i;
            }
        }
        for (int i = 2; i < fact.nodes.length && trail.holds(fact, fact.otherWatch); i++) {
            if (i != fact.watch && !trail.holds(fact, i)) {
                fact.otherWatch = i;
            }
        }
        watch(fact, fact.nodes[fact.watch]);
        watch(fact, fact.nodes[fact.otherWatch]);
    }

    private void watch(Incompatibility fact, Node node) {
        int count = counts[node.index]++;
        if (count == watching[node.index].length) {
            watching[node.index] = Arrays.copyOf(watching[node.index], 2 * count);
        }
        watching[node.index][count] = fact;
    }

    /** Forgets what was waiting: the trail was taken back. */
    void restart() {
        done = Math.min(done, trail.size);
    }

    /** Draws every conclusion; returns a fact whose terms all hold, if there is one. */
    @Nullable Incompatibility propagate() {
        while (done < trail.size) {
            Incompatibility conflict = visit(trail.nodeAt[done]);
            if (conflict != null) {
                return conflict;
            }
            done++;
        }
        return null;
    }

    private @Nullable Incompatibility visit(Node node) {
        Incompatibility[] facts = watching[node.index];
        int count = counts[node.index];
        int kept = 0;
        Incompatibility conflict = null;
        for (int i = 0; i < count; i++) {
            Incompatibility fact = facts[i];
            if (conflict == null && holdsAt(fact, node) && moved(fact)) {
                continue;
            }
            facts[kept++] = fact;
            if (conflict == null && trail.holds(fact, fact.watch) && !conclude(fact)) {
                conflict = fact;
            }
        }
        Arrays.fill(facts, kept, count, null);
        counts[node.index] = kept;
        return conflict;
    }

    /** Makes the watched term of {@code node} the first, and returns whether it holds. */
    private boolean holdsAt(Incompatibility fact, Node node) {
        if (fact.nodes[fact.watch] != node) {
            int other = fact.watch;
            fact.watch = fact.otherWatch;
            fact.otherWatch = other;
        }
        return trail.holds(fact, fact.watch);
    }

    /** Watches another term in place of the first, where one does not hold. */
    private boolean moved(Incompatibility fact) {
        if (fact.nodes.length == 2 || trail.fails(fact, fact.otherWatch)) {
            return false;
        }
        for (int i = 0; i < fact.nodes.length; i++) {
            if (i != fact.watch && i != fact.otherWatch && !trail.holds(fact, i)) {
                fact.watch = i;
                watch(fact, fact.nodes[i]);
                return true;
            }
        }
        return false;
    }

    /** Excludes the other watched term, as all the rest holds; returns false on a conflict. */
    private boolean conclude(Incompatibility fact) {
        if (trail.fails(fact, fact.otherWatch)) {
            return true;
        }
        if (trail.holds(fact, fact.otherWatch)) {
            return false;
        }
        trail.exclude(fact, fact.otherWatch);
        return true;
    }
}

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

    /** The watched terms beside the facts, for nodes of one word; empty for others. */
    private long[][] terms = new long[64][];

    private int[] counts = new int[64];
    private int done;

    Watches(Trail trail) {
        this.trail = trail;
    }

    void open(Node node) {
        if (node.index >= counts.length) {
            counts = Arrays.copyOf(counts, 2 * node.index);
            watching = Arrays.copyOf(watching, 2 * node.index);
            terms = Arrays.copyOf(terms, 2 * node.index);
        }
        watching[node.index] = new Incompatibility[FIRST];
        terms[node.index] = new long[FIRST];
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
        watch(fact, fact.watch);
        watch(fact, fact.otherWatch);
        fact.widened = false;
    }

    private void watch(Incompatibility fact, int term) {
        int index = fact.nodes[term].index;
        int count = counts[index]++;
        if (count == watching[index].length) {
            watching[index] = Arrays.copyOf(watching[index], 2 * count);
            terms[index] = Arrays.copyOf(terms[index], 2 * count);
        }
        watching[index][count] = fact;
        terms[index][count] = fact.words[fact.at[term]];
    }

    /** Takes note that the first term of {@code fact} has become wider. */
    void refresh(Incompatibility fact) {
        int index = fact.nodes[0].index;
        for (int i = 0; i < counts[index]; i++) {
            if (watching[index][i].equals(fact)) {
                terms[index][i] = fact.words[0];
            }
        }
        fact.widened = false;
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
        long[] sets = terms[node.index];
        long other = node.words == 1 ? trail.domain[node.offset] : 0;
        int count = counts[node.index];
        int i = 0;
        while (i < count) {
            if ((other & ~sets[i]) != 0 || !holdsAt(facts[i], node)) {
                i++;
            } else if (moved(facts[i])) {
                facts[i] = facts[--count];
                sets[i] = sets[count];
                counts[node.index] = count;
            } else if (conclude(facts[i])) {
                i++;
            } else {
                return facts[i];
            }
        }
        return null;
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
                watch(fact, i);
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

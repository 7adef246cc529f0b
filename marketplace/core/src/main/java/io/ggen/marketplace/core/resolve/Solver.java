package io.ggen.marketplace.core.resolve;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;

/**
 * The search: draws conclusions, decides for one more package, learns from conflicts and goes back
 * as far as they reach. One instance may be given further facts after a solution and search on.
 */
final class Solver {
    /** Where the facts about a version come from, the first time it is about to be chosen. */
    interface Source {
        List<Incompatibility> factsOf(Node node, int value);
    }

    private static final double DECAY = 1 / 0.95;

    private final List<Node> nodes;
    private final Source source;
    private final boolean refusing;
    final Trail trail = new Trail();
    private final Watches watches = new Watches(trail);
    private final Analysis analysis;
    private double[] activity = new double[64];
    private double bump = 1;
    private int opened;
    private @Nullable Incompatibility pending;
    private @Nullable Incompatibility refutation;

    /** How many more conflicts are dealt with; one more, and the search is given up. */
    private long patience = Long.MAX_VALUE;

    private boolean gaveUp;

    /** Makes a solver over a growing list of nodes, whose refused values it leaves out. */
    Solver(List<Node> nodes, Source source) {
        this.nodes = nodes;
        this.source = source;
        this.refusing = true;
        this.analysis = new Analysis(trail, false);
    }

    /**
     * Makes a solver that knows nothing but the facts it is given, which are its own from then on.
     *
     * @param whole whether the causes of what it learns are to be whole proofs
     */
    Solver(List<Node> nodes, List<Incompatibility> facts, boolean whole) {
        this.nodes = nodes;
        this.source = (node, value) -> List.of();
        this.refusing = false;
        this.analysis = new Analysis(trail, whole);
        facts.forEach(this::add);
    }

    /** Adds a fact; what follows from it is drawn by the next {@link #solve}. */
    void add(Incompatibility fact) {
        open();
        watches.attach(fact);
        int free = -1;
        for (int i = 0; i < fact.nodes.length; i++) {
            if (!trail.holds(fact, i)) {
                if (free >= 0) {
                    return;
                }
                free = i;
            }
        }
        if (free < 0) {
            pending = pending == null ? fact : pending;
        } else if (!trail.fails(fact, free)) {
            trail.exclude(fact, free);
        }
    }

    private void open() {
        while (opened < nodes.size()) {
            Node node = nodes.get(opened++);
            trail.open(node, refusing ? node.admitted() : node.all());
            watches.open(node);
            if (opened > activity.length) {
                activity = Arrays.copyOf(activity, 2 * opened);
            }
        }
    }

    /** Bounds the search to {@code conflicts}. */
    void limit(long conflicts) {
        patience = conflicts;
    }

    /** Returns how many conflicts are left of the limit. */
    long patience() {
        return Math.max(0, patience);
    }

    /** Returns whether the search ended at its limit, without an answer. */
    boolean gaveUp() {
        return gaveUp;
    }

    /**
     * Returns whether there is a solution; then every required node is decided. Also true when the
     * search was given up.
     */
    boolean solve() {
        return solve(null);
    }

    /** The same, with a node to take if that is possible. */
    boolean solve(@Nullable Node wanted) {
        open();
        while (true) {
            Incompatibility conflict = pending != null ? pending : watches.propagate();
            pending = null;
            if (conflict != null) {
                if (--patience < 0) {
                    gaveUp = true;
                    return true;
                }
                if (!learn(conflict)) {
                    return false;
                }
                continue;
            }
            Node next = next(wanted);
            if (next == null) {
                return true;
            }
            decide(next);
        }
    }

    private boolean learn(Incompatibility conflict) {
        Incompatibility learned = analysis.learn(conflict, opened);
        if (learned.nodes.length == 0) {
            refutation = learned;
            return false;
        }
        int target = analysis.levelBelow(learned);
        trail.backTo(target);
        watches.restart();
        watches.attach(learned);
        trail.exclude(learned, 0);
        for (Node node : learned.nodes) {
            activity[node.index] += bump;
        }
        bump *= DECAY;
        if (bump > 1e100) {
            rescale();
        }
        return true;
    }

    private void rescale() {
        for (int i = 0; i < opened; i++) {
            activity[i] /= bump;
        }
        bump = 1;
    }

    private @Nullable Node next(@Nullable Node wanted) {
        if (wanted != null && !trail.isDecided(wanted) && trail.preferred(wanted) != Node.ABSENT) {
            return wanted;
        }
        Node best = null;
        for (int i = 0; i < trail.waiting; i++) {
            Node node = trail.undecided[i];
            if (trail.remaining(node) == 1) {
                return node;
            }
            if (best == null || comesBefore(node, best)) {
                best = node;
            }
        }
        return best;
    }

    private boolean comesBefore(Node node, Node best) {
        boolean locked = prefersLocked(node);
        if (locked != prefersLocked(best)) {
            return locked;
        }
        if (activity[node.index] != activity[best.index]) {
            return activity[node.index] > activity[best.index];
        }
        int difference = trail.remaining(node) - trail.remaining(best);
        return difference != 0 ? difference < 0 : node.index < best.index;
    }

    private boolean prefersLocked(Node node) {
        return node.locked && trail.preferred(node) == 1;
    }

    /** Decides for the preferred value, unless its facts speak against it: then takes it away. */
    private void decide(Node node) {
        int value = trail.preferred(node);
        List<Incompatibility> facts = source.factsOf(node, value);
        open();
        for (Incompatibility fact : facts) {
            if (!fact.attached) {
                watches.attach(fact);
            } else if (fact.widened) {
                watches.refresh(fact);
            }
        }
        for (Incompatibility fact : facts) {
            if (othersHold(fact)) {
                if (trail.holds(fact, 0)) {
                    pending = fact;
                } else {
                    trail.exclude(fact, 0);
                }
                return;
            }
        }
        trail.decide(node, value);
    }

    private boolean othersHold(Incompatibility fact) {
        for (int i = 1; i < fact.nodes.length; i++) {
            if (!trail.holds(fact, i)) {
                return false;
            }
        }
        return true;
    }

    /** Takes back everything that is not permanent. */
    void reset() {
        trail.backTo(0);
        watches.restart();
        pending = null;
    }

    /** Returns the given facts that exclude a solution, after {@link #solve} returned false. */
    List<Incompatibility> core() {
        return new Ancestry(trail).roots(refutation, -1);
    }

    /** Returns the fact without terms that was derived, after {@link #solve} returned false. */
    Incompatibility refutation() {
        if (refutation == null) {
            throw new IllegalStateException("there is no refutation");
        }
        return refutation;
    }

    /** Returns the given facts by which {@code node} came to its present values at level 0. */
    List<Incompatibility> coreOf(Node node) {
        return new Ancestry(trail).roots(null, trail.lastEntry(node));
    }

    /** Returns the value decided for {@code node}, or 0. */
    int value(Node node) {
        return trail.isDecided(node) ? trail.preferred(node) : Node.ABSENT;
    }
}

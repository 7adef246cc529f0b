package io.ggen.marketplace.core.resolve;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Turns a conflict into the fact that was learned from it: resolves backwards along the trail until
 * one term alone belongs to the conflict's level. What holds at level 0 is left out of the fact and
 * kept in its cause.
 */
final class Analysis {
    private final Trail trail;
    private final boolean whole;
    private final List<Node> members = new ArrayList<>();
    private long[] terms = new long[0];
    private int[] place = new int[0];
    private int[] satisfier = new int[0];
    private int[] perLevel = new int[64];
    private List<Incompatibility> from = new ArrayList<>();
    private List<Node> pivots = new ArrayList<>();
    private List<Integer> entries = new ArrayList<>();

    /**
     * Makes the analysis of a trail.
     *
     * @param whole whether what holds at level 0 is kept in the facts, so that each cause is a
     *     proof, resolution by resolution
     */
    Analysis(Trail trail, boolean whole) {
        this.trail = trail;
        this.whole = whole;
    }

    /**
     * Resolves {@code conflict}, whose terms all hold.
     *
     * @return what was learned, its first term the one to turn around and its second the latest of
     *     the others; without terms when there is no solution
     */
    Incompatibility learn(Incompatibility conflict, int nodes) {
        begin(nodes);
        from.add(conflict);
        for (int i = 0; i < conflict.nodes.length; i++) {
            meet(conflict, i);
        }
        int entry = latest(trail.size - 1);
        while (entry >= 0 && (trail.levelAt[entry] == 0 || perLevel[trail.levelAt[entry]] > 1)) {
            resolve(entry);
            entry = latest(entry);
        }
        return learned(entry);
    }

    private void begin(int nodes) {
        members.clear();
        from = new ArrayList<>();
        pivots = new ArrayList<>();
        entries = new ArrayList<>();
        if (place.length < nodes) {
            place = Arrays.copyOf(place, 2 * nodes);
            satisfier = new int[2 * nodes];
        }
        if (terms.length < trail.domain.length) {
            terms = new long[trail.domain.length];
        }
        if (perLevel.length <= trail.level) {
            perLevel = new int[2 * trail.level];
        }
    }

    /** Returns the last entry, from {@code entry} down, that a member rests on. */
    private int latest(int entry) {
        if (members.isEmpty()) {
            return -1;
        }
        int found = entry;
        while (!isMember(trail.nodeAt[found]) || satisfier[trail.nodeAt[found].index] != found) {
            found--;
        }
        return found;
    }

    private boolean isMember(Node node) {
        return place[node.index] != 0;
    }

    private void resolve(int entry) {
        Node pivot = trail.nodeAt[entry];
        Incompatibility reason = reason(entry);
        from.add(reason);
        if (whole) {
            pivots.add(pivot);
        }
        for (int i = 0; i < reason.nodes.length; i++) {
            if (reason.nodes[i] != pivot) {
                meet(reason, i);
            }
        }
        join(reason, reason.termOf(pivot));
    }

    private Incompatibility reason(int entry) {
        Incompatibility reason = trail.reasonAt[entry];
        if (reason == null) {
            throw new IllegalStateException("a decision was to be resolved");
        }
        return reason;
    }

    private void meet(Incompatibility fact, int term) {
        Node node = fact.nodes[term];
        boolean known = isMember(node);
        for (int i = 0; i < node.words; i++) {
            long word = fact.words[fact.at[term] + i];
            terms[node.offset + i] = known ? terms[node.offset + i] & word : word;
        }
        settle(node);
    }

    private void join(Incompatibility fact, int term) {
        Node node = fact.nodes[term];
        for (int i = 0; i < node.words; i++) {
            terms[node.offset + i] |= fact.words[fact.at[term] + i];
        }
        settle(node);
    }

    /** Finds where the term of {@code node} came to hold, and drops it if that was at level 0. */
    private void settle(Node node) {
        if (isMember(node)) {
            perLevel[trail.levelAt[satisfier[node.index]]]--;
        }
        int entry = trail.satisfier(node, terms, node.offset);
        if (entry >= 0 && (whole || trail.levelAt[entry] > 0)) {
            satisfier[node.index] = entry;
            perLevel[trail.levelAt[entry]]++;
            if (!isMember(node)) {
                members.add(node);
                place[node.index] = members.size();
            }
            return;
        }
        forget(node);
        if (!whole) {
            from.addAll(node.refusals);
        }
        if (entry >= 0) {
            entries.add(entry);
        }
    }

    private void forget(Node node) {
        int slot = place[node.index];
        if (slot != 0) {
            Node moved = members.removeLast();
            if (moved != node) {
                members.set(slot - 1, moved);
                place[moved.index] = slot;
            }
            place[node.index] = 0;
        }
    }

    private Incompatibility learned(int entry) {
        List<Node> nodes = new ArrayList<>(members);
        nodes.sort((one, other) -> satisfier[other.index] - satisfier[one.index]);
        List<long[]> sets = new ArrayList<>();
        for (Node node : nodes) {
            sets.add(Arrays.copyOfRange(terms, node.offset, node.offset + node.words));
            place[node.index] = 0;
            perLevel[trail.levelAt[satisfier[node.index]]] = 0;
        }
        if (entry >= 0 && nodes.getFirst() != trail.nodeAt[entry]) {
            throw new IllegalStateException("the latest term is not the one that was found");
        }
        return new Incompatibility(new Cause.Derived(from, pivots, entries), nodes, sets);
    }

    /** Returns the level to go back to for a fact that was just learned. */
    int levelBelow(Incompatibility learned) {
        return learned.nodes.length < 2 ? 0 : trail.levelAt[satisfier[learned.nodes[1].index]];
    }
}

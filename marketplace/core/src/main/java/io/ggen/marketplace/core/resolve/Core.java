package io.ggen.marketplace.core.resolve;

import io.ggen.marketplace.model.Dependency;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The few facts that already exclude a solution. Starts from those of a proof and takes away, one
 * at a time, what the contradiction does not need: with enough patience, every one that is left is
 * necessary.
 */
final class Core {
    /** How many conflicts all attempts together may cost. */
    private static final long PATIENCE = 3_000;

    /** How many facts are tried one by one. */
    private static final int TRIED = 150;

    private final List<Node> nodes;
    private long patience = PATIENCE;

    private Core(List<Node> nodes) {
        this.nodes = nodes;
    }

    /** Returns facts out of {@code facts}, or weaker ones, that exclude a solution. */
    static List<Incompatibility> of(List<Node> nodes, List<Incompatibility> facts) {
        Core core = new Core(nodes);
        List<Incompatibility> small = core.settled(facts);
        List<Incompatibility> coarse = coarse(small);
        if (coarse.size() < small.size()) {
            List<Incompatibility> refuted = core.refutedBy(coarse);
            small = refuted.isEmpty() ? small : core.settled(refuted);
        }
        return regrouped(core.reduced(core.singly(small)));
    }

    /** Makes one fact for each refused version, where that does not become too many. */
    private List<Incompatibility> singly(List<Incompatibility> facts) {
        List<Incompatibility> result = new ArrayList<>();
        for (Incompatibility fact : facts) {
            if (fact.cause instanceof Cause.Refused(Node node, String why, boolean yanked)) {
                for (int value = 1; value < node.values; value++) {
                    if (Bits.contains(fact.words, value)) {
                        result.add(Incompatibility.of(fact.cause, node, node.only(value)));
                    }
                }
            } else {
                result.add(fact);
            }
        }
        return result.size() > TRIED ? facts : result;
    }

    private static List<Incompatibility> regrouped(List<Incompatibility> facts) {
        Map<Cause, Incompatibility> refused = new HashMap<>();
        List<Incompatibility> result = new ArrayList<>();
        for (Incompatibility fact : facts) {
            Incompatibility group =
                    fact.cause instanceof Cause.Refused ? refused.get(fact.cause) : null;
            if (group == null) {
                result.add(fact);
                refused.put(fact.cause, fact);
            } else {
                for (int i = 0; i < group.words.length; i++) {
                    group.words[i] |= fact.words[i];
                }
            }
        }
        return result;
    }

    /** Replaces facts by those of their own proof until that changes nothing. */
    private List<Incompatibility> settled(List<Incompatibility> facts) {
        List<Incompatibility> before = facts;
        List<Incompatibility> after = refutedBy(before);
        while (!after.isEmpty() && after.size() < before.size()) {
            before = after;
            after = refutedBy(before);
        }
        return before;
    }

    private List<Incompatibility> reduced(List<Incompatibility> facts) {
        List<Incompatibility> kept = facts;
        if (facts.size() > TRIED) {
            return kept;
        }
        for (Incompatibility candidate : facts) {
            int at = kept.indexOf(candidate);
            if (at >= 0 && patience > 0) {
                List<Incompatibility> rest = new ArrayList<>(kept);
                rest.remove(at);
                List<Incompatibility> refuted = refutedBy(rest);
                kept = refuted.isEmpty() ? kept : refuted;
            }
        }
        return kept;
    }

    /** Returns the facts of a proof from {@code facts}, in their order; none without a proof. */
    private List<Incompatibility> refutedBy(List<Incompatibility> facts) {
        Map<Incompatibility, Incompatibility> originals = new HashMap<>();
        List<Incompatibility> copies = new ArrayList<>();
        for (Incompatibility fact : facts) {
            Incompatibility copy = fact.copy();
            originals.put(copy, fact);
            copies.add(copy);
        }
        Solver solver = new Solver(nodes, copies, false);
        solver.limit(patience);
        boolean refuted = !solver.solve();
        patience = solver.patience();
        if (!refuted) {
            return List.of();
        }
        copies.retainAll(new HashSet<>(solver.core()));
        return copies.stream().map(originals::get).toList();
    }

    /** Joins the facts that one package asks for another, whatever the version and range. */
    private static List<Incompatibility> coarse(List<Incompatibility> facts) {
        Map<List<Node>, List<Incompatibility>> pairs = new LinkedHashMap<>();
        List<Incompatibility> result = new ArrayList<>();
        for (Incompatibility fact : facts) {
            if (fact.cause instanceof Cause.Depends depends && fact.nodes.length == 2) {
                pairs.computeIfAbsent(
                                List.of(depends.from(), depends.on()), pair -> new ArrayList<>())
                        .add(fact);
            } else {
                result.add(fact);
            }
        }
        pairs.values()
                .forEach(pair -> result.add(pair.size() < 2 ? pair.getFirst() : joined(pair)));
        return result;
    }

    private static Incompatibility joined(List<Incompatibility> facts) {
        Incompatibility first = facts.getFirst();
        long[] asking = first.set(0);
        long[] excluded = first.set(1);
        List<Dependency> dependencies = new ArrayList<>();
        for (Incompatibility fact : facts) {
            asking = Bits.or(asking, fact.set(0));
            excluded = Bits.and(excluded, fact.set(1));
            if (fact.cause instanceof Cause.Depends depends) {
                dependencies.add(depends.dependency());
            }
        }
        return new Incompatibility(
                new Cause.DependsSomehow(first.nodes[0], dependencies, first.nodes[1]),
                List.of(first.nodes),
                List.of(asking, excluded));
    }
}

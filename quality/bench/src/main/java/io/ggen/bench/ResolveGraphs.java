package io.ggen.bench;

import io.ggen.bench.ResolveGraph.Edge;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;

/** Makes the graphs of row F4: the same words give the same graph. */
final class ResolveGraphs {
    private static final int VERSIONS = 10;

    private ResolveGraphs() {}

    /**
     * Returns packages that depend on up to four later ones, mostly with a lower bound alone, near
     * their own number; a hidden solution remains.
     *
     * @param solvable whether the hidden solution is there; otherwise the packages that everything
     *     comes to in the end disagree
     */
    static ResolveGraph random(int packages, boolean solvable) {
        SplittableRandom random = new SplittableRandom(packages);
        ResolveGraph graph =
                new ResolveGraph("random " + packages + (solvable ? "" : ", unsatisfiable"));
        int[] hidden = random.ints(packages, 4, 8).toArray();
        for (int p = 0; p < packages; p++) {
            List<List<Edge>> versions = new ArrayList<>();
            for (int v = 1; v <= VERSIONS; v++) {
                List<Edge> edges = new ArrayList<>();
                for (int on : later(random, p, packages, 4, packages)) {
                    int middle = v == hidden[p] ? hidden[on] : near(random, v);
                    boolean open = random.nextInt(10) < 7;
                    BitSet around = interval(random, middle, 3);
                    int from = around.nextSetBit(0);
                    edges.add(new Edge(on, open ? interval(from, VERSIONS) : around));
                }
                versions.add(edges);
            }
            graph.add(p, versions);
        }
        graph.require(0, interval(1, VERSIONS));
        graph.require(1, interval(1, VERSIONS));
        if (!solvable) {
            disagree(graph, packages);
        }
        return graph;
    }

    /** Lets every version of the last two packages ask for what the other part excludes. */
    private static void disagree(ResolveGraph graph, int packages) {
        List<List<Edge>> free = new ArrayList<>();
        List<List<Edge>> asking = new ArrayList<>();
        List<List<Edge>> needing = new ArrayList<>();
        for (int v = 1; v <= VERSIONS; v++) {
            free.add(List.of());
            asking.add(List.of(new Edge(packages, interval(1, 1 + v / 3))));
            needing.add(List.of(new Edge(packages, interval(6, 6 + v / 3))));
        }
        graph.add(packages, free);
        graph.add(packages - 1, asking);
        graph.add(packages - 2, needing);
        graph.require(packages - 3, interval(1, VERSIONS));
        graph.add(packages - 3, both(packages));
    }

    private static List<List<Edge>> both(int packages) {
        List<List<Edge>> versions = new ArrayList<>();
        for (int v = 1; v <= VERSIONS; v++) {
            versions.add(
                    List.of(
                            new Edge(packages - 1, interval(v, VERSIONS)),
                            new Edge(packages - 2, interval(1, v))));
        }
        return versions;
    }

    /** Returns a row in which each version needs the same of the next, and the last has but one. */
    static ResolveGraph chain(int packages) {
        ResolveGraph graph = new ResolveGraph("chain " + packages);
        for (int p = 0; p < packages; p++) {
            List<List<Edge>> versions = new ArrayList<>();
            for (int v = 1; v <= (p == packages - 1 ? 1 : VERSIONS); v++) {
                versions.add(
                        p == packages - 1 ? List.of() : List.of(new Edge(p + 1, interval(v, v))));
            }
            graph.add(p, versions);
        }
        graph.require(0, interval(1, VERSIONS));
        return graph;
    }

    /** Returns one package more than there are versions, no two of which may be the same. */
    static ResolveGraph pigeons(int holes) {
        ResolveGraph graph = new ResolveGraph("pigeons " + holes);
        for (int p = 0; p <= holes; p++) {
            List<List<Edge>> versions = new ArrayList<>();
            for (int v = 1; v <= holes; v++) {
                List<Edge> edges = new ArrayList<>();
                for (int q = p + 1; q <= holes; q++) {
                    edges.add(new Edge(q, except(v, holes)));
                }
                versions.add(edges);
            }
            graph.add(p, versions);
            graph.require(p, interval(1, holes));
        }
        return graph;
    }

    /** Returns a sudoku: cells are packages, digits are versions. */
    static ResolveGraph sudoku() {
        String givens =
                "53..7....6..195....98....6.8...6...34..8.3..17...2...6.6....28....419..5....8..79";
        ResolveGraph graph = new ResolveGraph("sudoku");
        for (int cell = 0; cell < 81; cell++) {
            List<List<Edge>> versions = new ArrayList<>();
            for (int digit = 1; digit <= 9; digit++) {
                List<Edge> edges = new ArrayList<>();
                for (int other = cell + 1; other < 81; other++) {
                    if (see(cell, other)) {
                        edges.add(new Edge(other, except(digit, 9)));
                    }
                }
                versions.add(edges);
            }
            graph.add(cell, versions);
            char given = givens.charAt(cell);
            graph.require(cell, given == '.' ? interval(1, 9) : interval(given - '0', given - '0'));
        }
        return graph;
    }

    private static boolean see(int one, int other) {
        boolean box = one / 27 == other / 27 && one % 9 / 3 == other % 9 / 3;
        return box || one / 9 == other / 9 || one % 9 == other % 9;
    }

    /**
     * Returns packages whose versions need narrow ranges of their neighbours, so that many choices
     * must be taken back; a hidden solution of old versions remains.
     */
    static ResolveGraph tangled(int packages) {
        SplittableRandom random = new SplittableRandom(packages);
        ResolveGraph graph = new ResolveGraph("tangled " + packages);
        int[] hidden = random.ints(packages, 1, 4).toArray();
        for (int p = 0; p < packages; p++) {
            List<List<Edge>> versions = new ArrayList<>();
            for (int v = 1; v <= VERSIONS; v++) {
                List<Edge> edges = new ArrayList<>();
                for (int on : later(random, p, packages, 3, 20)) {
                    int middle = v == hidden[p] ? hidden[on] : random.nextInt(1, VERSIONS + 1);
                    edges.add(new Edge(on, interval(random, middle, 2)));
                }
                versions.add(edges);
            }
            graph.add(p, versions);
        }
        for (int p = 0; p < packages; p += 20) {
            graph.require(p, interval(1, VERSIONS));
        }
        return graph;
    }

    private static List<Integer> later(
            SplittableRandom random, int than, int packages, int most, int within) {
        List<Integer> chosen = new ArrayList<>();
        int end = Math.min(packages, than + 1 + within);
        for (int i = 0; i < most && than + 1 < end; i++) {
            int on = random.nextInt(than + 1, end);
            if (!chosen.contains(on)) {
                chosen.add(on);
            }
        }
        return chosen;
    }

    private static int near(SplittableRandom random, int version) {
        return Math.clamp(version + random.nextInt(-1, 2), 1, VERSIONS);
    }

    private static BitSet interval(SplittableRandom random, int middle, int reach) {
        int from = Math.max(1, middle - random.nextInt(reach + 1));
        return interval(from, Math.min(VERSIONS, middle + random.nextInt(reach + 1)));
    }

    private static BitSet interval(int from, int to) {
        BitSet set = new BitSet();
        set.set(from, to + 1);
        return set;
    }

    private static BitSet except(int version, int last) {
        BitSet set = interval(1, last);
        set.clear(version);
        return set;
    }
}

package io.ggen.marketplace.core.resolve;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The chosen packages as a graph: its cycles, and its order without them. */
final class Circles {
    private final Map<Node, List<Node>> edges;
    private final List<Node> starts;
    private final List<Node> order = new ArrayList<>();

    /** Makes the graph; {@code edges} has every chosen node as a key. */
    Circles(Map<Node, List<Node>> edges) {
        this.edges = edges;
        this.starts = new ArrayList<>(edges.keySet());
        starts.sort((one, other) -> one.ref.id().compareTo(other.ref.id()));
    }

    /** Where a walk stands: a node, and how many of its edges are done. */
    private static final class Step {
        final Node node;
        int next;

        Step(Node node) {
            this.node = node;
        }
    }

    /**
     * Returns a short cycle, if there is any: each node depends on the next, the last on the first.
     * Without one {@link #order} is complete.
     */
    Optional<List<Node>> find() {
        Map<Node, Boolean> finished = new HashMap<>();
        for (Node start : starts) {
            if (!finished.containsKey(start)) {
                Optional<Node> onCycle = walk(start, finished);
                if (onCycle.isPresent()) {
                    return Optional.of(shortest(onCycle.get()));
                }
            }
        }
        return Optional.empty();
    }

    /** Returns the nodes, each after what it depends on; otherwise by id. */
    List<Node> order() {
        return order;
    }

    private Optional<Node> walk(Node start, Map<Node, Boolean> finished) {
        Deque<Step> path = new ArrayDeque<>();
        path.push(new Step(start));
        finished.put(start, false);
        while (!path.isEmpty()) {
            Step step = path.element();
            List<Node> targets = edges.getOrDefault(step.node, List.of());
            if (step.next == targets.size()) {
                finished.put(step.node, true);
                order.add(step.node);
                path.pop();
                continue;
            }
            Node target = targets.get(step.next++);
            Boolean state = finished.putIfAbsent(target, false);
            if (state == null) {
                path.push(new Step(target));
            } else if (!state) {
                return Optional.of(target);
            }
        }
        return Optional.empty();
    }

    private List<Node> shortest(Node origin) {
        Map<Node, Node> cameFrom = new HashMap<>();
        Deque<Node> queue = new ArrayDeque<>(List.of(origin));
        while (!cameFrom.containsKey(origin)) {
            Node node = queue.remove();
            for (Node target : edges.getOrDefault(node, List.of())) {
                if (cameFrom.putIfAbsent(target, node) == null) {
                    queue.add(target);
                }
            }
        }
        List<Node> path = new ArrayList<>();
        for (Node node = cameFrom.get(origin); node != origin; node = cameFrom.get(node)) {
            path.addFirst(node);
        }
        path.addFirst(origin);
        return path;
    }
}

package io.ggen.simulator.dht;

import io.ggen.libp2p.kad.Place;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Whom a node knows after long, drawn from all nodes sorted by their place. */
final class Acquaintances {
    /** A few more than a bucket holds: some find no room. */
    private static final int OFFERED = 24;

    private final List<DhtNode> sorted;
    private final RandomGenerator random;

    Acquaintances(List<DhtNode> sorted, RandomGenerator random) {
        this.sorted = sorted;
        this.random = random;
    }

    /** Returns nodes of every distance from {@code node}. */
    List<DhtNode> of(DhtNode node) {
        List<DhtNode> known = new ArrayList<>();
        int from = 0;
        int to = sorted.size();
        for (int bit = 0; to - from > 1; bit++) {
            int split = split(from, to, bit);
            boolean upper = bit(node.place(), bit);
            known.addAll(upper ? draw(from, split) : draw(split, to));
            from = upper ? split : from;
            to = upper ? to : split;
        }
        return known;
    }

    private List<DhtNode> draw(int from, int to) {
        Set<Integer> drawn = new LinkedHashSet<>();
        int most = Math.min(OFFERED, to - from);
        if (most == to - from) {
            for (int i = from; i < to; i++) {
                drawn.add(i);
            }
        }
        while (drawn.size() < most) {
            drawn.add(from + random.nextInt(to - from));
        }
        return drawn.stream().map(sorted::get).toList();
    }

    /** Returns where the bit becomes one among nodes that share all bits before it. */
    private int split(int from, int to, int bit) {
        int low = from;
        int high = to;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (bit(sorted.get(middle).place(), bit)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private static boolean bit(Place place, int bit) {
        long word =
                switch (bit / Long.SIZE) {
                    case 0 -> place.first();
                    case 1 -> place.second();
                    case 2 -> place.third();
                    default -> place.fourth();
                };
        return (word >>> (Long.SIZE - 1 - bit % Long.SIZE) & 1) == 1;
    }
}

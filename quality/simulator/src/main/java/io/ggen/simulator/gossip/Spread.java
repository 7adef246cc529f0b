package io.ggen.simulator.gossip;

import java.util.Arrays;

/** How one message spreads: when it comes to each node, over how many hops, how often. */
final class Spread {
    private static final int NEVER = -1;

    private final long published;
    private final long[] delay;
    private final int[] hops;
    private long copies;

    Spread(int author, int nodes, long published) {
        this.published = published;
        this.delay = new long[nodes];
        this.hops = new int[nodes];
        Arrays.fill(delay, NEVER);
        Arrays.fill(hops, NEVER);
        hops[author] = 0;
        delay[author] = 0;
    }

    void copy(int from, int to) {
        copies++;
        if (hops[to] == NEVER) {
            hops[to] = hops[from] + 1;
        }
    }

    void delivered(int node, long now) {
        if (delay[node] == NEVER) {
            delay[node] = now - published;
        }
    }

    boolean has(int node) {
        return delay[node] != NEVER;
    }

    long delay(int node) {
        return delay[node];
    }

    int hops(int node) {
        return hops[node];
    }

    /** Returns how often the message was received, by all nodes together. */
    long copies() {
        return copies;
    }
}

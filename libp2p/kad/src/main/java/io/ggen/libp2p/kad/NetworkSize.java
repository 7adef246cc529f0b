package io.ggen.libp2p.kad;

import java.util.List;

/**
 * How densely the network is populated, as a node's lookups have shown so far: which part of the
 * space the nearest peers of a key take up, a smoothed mean. Pure; not thread-safe.
 */
final class NetworkSize {
    private static final double GAIN = 1.0 / 8;

    /** Fewer lookups than these say too little. */
    private static final int LEAST = 3;

    private double radius;
    private int lookups;

    /** Hears that {@code nearest}, the farthest of them last, are as many as are looked for. */
    void found(Place target, List<KadPeer> nearest) {
        double edge = target.distance(Place.of(nearest.getLast().id())).fraction();
        lookups = Math.min(LEAST, lookups + 1);
        radius += Math.max(GAIN, 1.0 / lookups) * (edge - radius);
    }

    /**
     * Returns within which distance of a key, as a part of the whole space, a peer is likely to be
     * among its nearest; 0 when that is not known.
     */
    double radius() {
        return lookups < LEAST ? 0 : radius;
    }
}

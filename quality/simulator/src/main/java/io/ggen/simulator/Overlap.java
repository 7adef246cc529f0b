package io.ggen.simulator;

import io.ggen.libp2p.key.PeerId;

import java.util.List;

/** How many of the true ones were named. Not thread-safe. */
final class Overlap {
    private long expected;
    private long found;

    void add(List<PeerId> truth, List<PeerId> named) {
        expected += truth.size();
        found += truth.stream().filter(named::contains).count();
    }

    /** Returns the share, 1 when nothing was expected. */
    double share() {
        return expected == 0 ? 1 : (double) found / expected;
    }
}

package io.ggen.libp2p.kad;

import java.util.List;

/** Who is near a place. */
@FunctionalInterface
interface Neighbours {
    /** Returns the {@code count} known peers nearest to {@code target}, nearest first. */
    List<KadPeer> closest(Place target, int count);
}

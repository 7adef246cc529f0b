package io.ggen.libp2p.kad;

import io.ggen.base.Bytes;
import io.ggen.libp2p.key.PeerId;

/** Something that a {@link KadNode} is to do with the help of the network. */
public sealed interface KadTask {
    /** Find out where {@code peer} is; ends as soon as it has answered itself. */
    record FindPeer(PeerId peer) implements KadTask {}

    /** Find the peers nearest to {@code key}. */
    record Closest(Bytes key) implements KadTask {}

    /**
     * Find the best value of {@code key}.
     *
     * @param quorum after how many valid answers of others to stop
     */
    record Get(Bytes key, int quorum) implements KadTask {}

    /** Store {@code record} here and at the peers nearest to its key. */
    record Put(KadRecord record) implements KadTask {}

    /** Tell the peers nearest to {@code key} that this node has what it names. */
    record Provide(Bytes key) implements KadTask {}

    /**
     * Find providers of {@code key}.
     *
     * @param enough how many to stop at
     */
    record Providers(Bytes key, int enough) implements KadTask {}
}

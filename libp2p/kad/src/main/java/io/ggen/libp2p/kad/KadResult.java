package io.ggen.libp2p.kad;

import java.util.List;
import java.util.Optional;

/** What came of a call to {@link Kad}. */
public sealed interface KadResult {
    /** Returns whether the task had ended, so that the result is all there is to be had. */
    boolean complete();

    /** Peers: the nearest to a key, nearest first, or the providers of one. */
    record Peers(List<KadPeer> peers, boolean complete) implements KadResult {
        /** Copies the list. */
        public Peers {
            peers = List.copyOf(peers);
        }
    }

    /**
     * A value.
     *
     * @param best the best of all that were heard
     * @param answers how many peers have given a valid value, the best or a lesser one; while the
     *     result is not complete, how many better values came one after another
     */
    record Value(Optional<KadRecord> best, int answers, boolean complete) implements KadResult {}

    /**
     * Something was stored.
     *
     * @param holders how many others hold it
     */
    record Stored(int holders, boolean complete) implements KadResult {}
}

package io.ggen.libp2p.kad;

import java.time.Duration;

/** Something that happened to {@link Kad}. */
public sealed interface KadEvent {
    /**
     * A task of reading has ended.
     *
     * @param peers how many of the nearest have answered
     */
    record QueryCompleted(KadTask task, int peers, Duration took) implements KadEvent {}

    /**
     * A task of storing has ended.
     *
     * @param holders how many others hold what was stored
     */
    record StoreCompleted(KadTask task, int holders, Duration took) implements KadEvent {}

    /** This host serves others from now on, or does so no more. */
    record ModeChanged(boolean server) implements KadEvent {}
}

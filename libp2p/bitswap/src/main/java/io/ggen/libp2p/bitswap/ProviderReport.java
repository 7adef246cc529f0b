package io.ggen.libp2p.bitswap;

import io.ggen.libp2p.key.PeerId;

import java.time.Duration;

/**
 * What one provider did for a download.
 *
 * @param blocks that it was the first to bring
 * @param bytes of these blocks
 * @param duplicates blocks that it brought after another
 * @param service how long a block took from being asked of it to its coming, on the average; zero
 *     when none came
 * @param detail what went wrong, for people; empty when nothing did
 */
public record ProviderReport(
        PeerId peer,
        long blocks,
        long bytes,
        long duplicates,
        Duration service,
        Standing standing,
        String detail) {
    /** How a provider stood at the end. */
    public enum Standing {
        /** It was never needed. */
        NOT_ASKED,
        /** It answered to the end. */
        ANSWERED,
        /** It said that it lacks blocks of the DAG. */
        LACKING,
        /** It said nothing for too long. */
        STALLED,
        /** It could not be reached, or does not speak the protocol. */
        UNREACHABLE,
        /** It went away. */
        GONE,
        /** It sent what is not right. */
        MISBEHAVED
    }
}

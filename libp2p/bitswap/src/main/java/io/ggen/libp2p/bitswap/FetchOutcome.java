package io.ggen.libp2p.bitswap;

import io.ggen.multiformats.Cid;

import java.time.Duration;
import java.util.List;

/** How a download ended. */
public sealed interface FetchOutcome {
    /** Every block of the DAG is in the sink or was held before. */
    record Complete(Figures figures) implements FetchOutcome {}

    /**
     * Blocks are missing; those that came stay where the sink put them, and another download can go
     * on from there.
     *
     * @param missing some of the blocks that are known to be missing, at most 16
     */
    record Incomplete(Reason reason, String detail, List<Cid> missing, Figures figures)
            implements FetchOutcome {
        /** Copies the list. */
        public Incomplete {
            missing = List.copyOf(missing);
        }
    }

    /** Why blocks are missing. */
    enum Reason {
        /** Every provider that is left says that it lacks them. */
        NOBODY_HAS_THEM,
        /** No provider is left. */
        NO_PROVIDER,
        /** The deadline has passed. */
        DEADLINE,
        /** The DAG is malformed, of a kind that is not walked, or beyond a limit. */
        REFUSED
    }

    /**
     * What a download did.
     *
     * @param blocks fetched
     * @param bytes of these blocks
     * @param held blocks that were there before
     * @param providers one for each that was named, in that order
     */
    record Figures(
            long blocks, long bytes, long held, Duration elapsed, List<ProviderReport> providers) {
        /** Copies the list. */
        public Figures {
            providers = List.copyOf(providers);
        }
    }

    /** Returns what the download did. */
    Figures figures();
}

package io.ggen.content;

/**
 * What a DAG of somebody else may cost before it is refused.
 *
 * @param maxBlocks different blocks; default 262,144
 * @param maxBytes sum of their lengths; default 16 GiB
 * @param maxDepth blocks on the way from the root to a leaf; default 256
 */
public record DagLimits(int maxBlocks, long maxBytes, int maxDepth) {
    /** Refuses limits below one. */
    public DagLimits {
        if (maxBlocks < 1 || maxBytes < 1 || maxDepth < 1) {
            throw new IllegalArgumentException("limits are at least one");
        }
    }

    /** Returns the default limits. */
    public static DagLimits standard() {
        return new DagLimits(1 << 18, 16L << 30, 256);
    }
}

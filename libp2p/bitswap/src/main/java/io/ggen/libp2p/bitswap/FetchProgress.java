package io.ggen.libp2p.bitswap;

/**
 * How far a download is.
 *
 * @param blocks fetched so far
 * @param bytes of these blocks
 * @param known blocks that are known to belong to the DAG, fetched, held or to come
 */
public record FetchProgress(long blocks, long bytes, long known) {}

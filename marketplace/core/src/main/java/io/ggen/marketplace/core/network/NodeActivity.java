package io.ggen.marketplace.core.network;

import java.util.List;

/**
 * What a node has done since it started.
 *
 * @param dhtQueries lookups begun
 * @param dhtStores records put to others
 * @param gossipReceived messages taken from others, without duplicates
 * @param gossipRejected messages refused
 * @param cacheHits blocks that were wanted and held
 * @param cacheMisses blocks that were wanted and had to be fetched
 * @param refused connections and streams refused by a limit
 * @param sentBytes of content, to peers
 * @param receivedBytes of content, from peers
 * @param transfers under way, by peer id
 */
public record NodeActivity(
        long dhtQueries,
        long dhtStores,
        long gossipReceived,
        long gossipRejected,
        long cacheHits,
        long cacheMisses,
        long refused,
        long sentBytes,
        long receivedBytes,
        List<Transfer> transfers) {
    /**
     * Content on its way between this node and a peer.
     *
     * @param content a CID, or empty where a peer asks for single blocks
     * @param inbound whether it comes to this node
     * @param bytes so far
     */
    public record Transfer(String peerId, String content, boolean inbound, long bytes) {}

    /** Copies the list. */
    public NodeActivity {
        transfers = List.copyOf(transfers);
    }
}

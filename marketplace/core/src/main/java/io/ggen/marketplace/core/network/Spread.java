package io.ggen.marketplace.core.network;

/**
 * How far a release has come.
 *
 * @param storedBy nodes of the DHT that took the record
 * @param toldPeers peers that were told by gossip
 * @param providers other peers that are known to hold all of the content
 */
public record Spread(int storedBy, int toldPeers, int providers) {}

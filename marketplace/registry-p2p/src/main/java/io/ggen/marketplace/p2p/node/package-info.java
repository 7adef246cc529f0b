/**
 * One node of the package network, put together of its protocols: host, Kademlia, gossip, discovery
 * on the LAN, block exchange and gateway below, catalogue, search and reputation above. Whoever
 * wants a node takes {@link io.ggen.marketplace.p2p.node.P2pNode}; everything else here is a part
 * of it.
 */
@NullMarked
package io.ggen.marketplace.p2p.node;

import org.jspecify.annotations.NullMarked;

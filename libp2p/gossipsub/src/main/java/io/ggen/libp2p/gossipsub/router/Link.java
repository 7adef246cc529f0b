package io.ggen.libp2p.gossipsub.router;

/**
 * How a peer is connected.
 *
 * @param outbound whether this side dialled; a mesh keeps some such peers, which nobody can force
 *     upon it
 * @param dontWant whether the peer speaks 1.2 and reads IDONTWANT
 * @param address its IP address for scoring; empty when it shall not count
 */
public record Link(boolean outbound, boolean dontWant, String address) {}

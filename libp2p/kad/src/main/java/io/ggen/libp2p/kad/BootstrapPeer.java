package io.ggen.libp2p.kad;

/**
 * A peer that helps to join the network.
 *
 * @param priority the lowest are asked first; those of one priority together, so give equal ones to
 *     peers of different regions
 */
public record BootstrapPeer(KadPeer peer, int priority) {}

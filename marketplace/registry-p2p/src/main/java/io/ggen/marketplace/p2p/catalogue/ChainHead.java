package io.ggen.marketplace.p2p.catalogue;

/**
 * How far a chain of a publisher is known.
 *
 * @param records how many of its records are here
 * @param last the highest sequence known; where it is above {@code records}, some are missing
 */
public record ChainHead(String chain, long records, long last) {}

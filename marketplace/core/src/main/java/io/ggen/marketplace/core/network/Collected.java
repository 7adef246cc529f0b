package io.ggen.marketplace.core.network;

/** What was freed: how many blocks, of how many bytes. */
public record Collected(long blocks, long freedBytes) {}

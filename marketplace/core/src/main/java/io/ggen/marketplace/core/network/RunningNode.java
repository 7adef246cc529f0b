package io.ggen.marketplace.core.network;

/**
 * A node that runs for a home, as others find it.
 *
 * @param url of its API
 * @param version of its program
 */
public record RunningNode(String url, long pid, String version) {}

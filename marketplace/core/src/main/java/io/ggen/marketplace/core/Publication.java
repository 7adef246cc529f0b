package io.ggen.marketplace.core;

/**
 * The outcome of publishing.
 *
 * @param created false when the same release was there already: {@code listing} is the earlier one
 */
public record Publication(Listing listing, boolean created) {}

package io.ggen.marketplace.core.trust;

/**
 * An entry of a deny-list that was hit.
 *
 * @param reason why it is denied, in the list's words
 * @param list which list says so
 */
public record Denial(String reason, String list) {}

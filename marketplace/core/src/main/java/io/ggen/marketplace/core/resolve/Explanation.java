package io.ggen.marketplace.core.resolve;

/**
 * Why nothing fits, for people.
 *
 * @param text one or more lines; names every package without which there would be no conflict
 * @param hint what to do next
 */
public record Explanation(String text, String hint) {}

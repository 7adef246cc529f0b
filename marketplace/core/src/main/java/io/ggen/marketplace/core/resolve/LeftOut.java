package io.ggen.marketplace.core.resolve;

import io.ggen.marketplace.model.Dependency;

/**
 * An optional dependency that was not taken.
 *
 * @param asker who wanted it: {@code id version}, or empty for a direct requirement
 * @param reason one or more sentences for people
 */
public record LeftOut(String asker, Dependency dependency, String reason) {}

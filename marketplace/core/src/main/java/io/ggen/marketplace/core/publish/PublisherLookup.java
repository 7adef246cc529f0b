package io.ggen.marketplace.core.publish;

import io.ggen.marketplace.model.Did;
import io.ggen.marketplace.model.Requirement;

import java.util.Optional;

/** Knows whose package a dependency means. */
@FunctionalInterface
public interface PublisherLookup {
    /**
     * Returns the publisher; empty when nobody is known to be meant. Never asked for {@code
     * "self"}. Throws SECURITY or AMBIGUOUS_NAME as {@link
     * io.ggen.marketplace.core.trust.Ownership} does.
     */
    Optional<Did> publisherOf(Requirement requirement);
}

package io.ggen.marketplace.core.trust;

import io.ggen.marketplace.model.Did;

import java.util.Optional;

/**
 * A scope that is looked up in one place alone, or belongs to one key alone.
 *
 * @param scope the part of an id before the slash
 * @param publisher the only key that may own ids of this scope
 * @param registry the only registry that is asked for ids of this scope
 */
public record NamespaceBinding(String scope, Optional<Did> publisher, Optional<String> registry) {
    /** Refuses a binding to nothing. */
    public NamespaceBinding {
        if (publisher.isEmpty() && registry.isEmpty()) {
            throw new IllegalArgumentException(
                    "a namespace is bound to a publisher or a registry: " + scope);
        }
    }
}

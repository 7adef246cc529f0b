package io.ggen.marketplace.model;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One version of one package: what it says of itself, what it depends on, and the identity of its
 * content.
 *
 * @param origin who signed it; absent for an unsigned entry of an old registry
 * @param publishedAt in whole seconds
 */
public record Release(
        Optional<Origin> origin,
        PackageId id,
        Version version,
        Instant publishedAt,
        About about,
        List<Dependency> dependencies,
        Content content) {
    /** The most dependencies a release may have. */
    public static final int MAX_DEPENDENCIES = 64;

    /** Copies the list and checks its length. */
    public Release {
        dependencies = List.copyOf(dependencies);
        if (dependencies.size() > MAX_DEPENDENCIES) {
            throw new IllegalArgumentException(
                    "a release has at most "
                            + MAX_DEPENDENCIES
                            + " dependencies, not "
                            + dependencies.size());
        }
    }

    /** Returns whose release this is; empty when it is not signed. */
    public Optional<Did> publisher() {
        return origin.map(Origin::publisher);
    }

    // A record's own ways are made at run time and cost each process some 10 ms.

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Release it
                && origin.equals(it.origin)
                && id.equals(it.id)
                && version.equals(it.version)
                && publishedAt.equals(it.publishedAt)
                && about.equals(it.about)
                && dependencies.equals(it.dependencies)
                && content.equals(it.content);
    }

    @Override
    public int hashCode() {
        return id.hashCode() * 31 + version.hashCode();
    }
}

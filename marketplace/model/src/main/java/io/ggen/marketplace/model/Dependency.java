package io.ggen.marketplace.model;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/**
 * What a package asks of another.
 *
 * @param publisher whose package is meant; always present in a signed record
 * @param optional whether an installation may do without it
 */
public record Dependency(
        PackageId id, VersionRange range, Optional<Did> publisher, boolean optional) {

    // A record's own ways are made at run time and cost each process some 10 ms.

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Dependency it
                && id.equals(it.id)
                && range.equals(it.range)
                && publisher.equals(it.publisher)
                && optional == it.optional;
    }

    @Override
    public int hashCode() {
        return id.hashCode() * 31 + range.hashCode();
    }
}

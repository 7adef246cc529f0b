package io.ggen.marketplace.model;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/** A package as it is asked for: an id, and whose when that matters. */
public record PackageRef(PackageId id, Optional<Did> publisher) {
    /** Returns a reference that any single claimant answers. */
    public static PackageRef of(PackageId id) {
        return new PackageRef(id, Optional.empty());
    }

    /** Returns a reference to the package of {@code publisher}. */
    public static PackageRef of(PackageId id, Did publisher) {
        return new PackageRef(id, Optional.of(publisher));
    }

    // A record's own ways are made at run time and cost each process some 10 ms.

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PackageRef it && id.equals(it.id) && publisher.equals(it.publisher);
    }

    @Override
    public int hashCode() {
        return id.hashCode() * 31 + publisher.hashCode();
    }

    @Override
    public String toString() {
        return publisher.map(did -> id + " of " + did).orElse(id.text());
    }
}

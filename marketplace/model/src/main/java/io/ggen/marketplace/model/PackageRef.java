package io.ggen.marketplace.model;

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

    @Override
    public String toString() {
        return publisher.map(did -> id + " of " + did).orElse(id.text());
    }
}

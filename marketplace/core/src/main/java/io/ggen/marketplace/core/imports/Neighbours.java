package io.ggen.marketplace.core.imports;

import io.ggen.marketplace.model.PackageId;

import java.util.Set;

/**
 * What the manifests of one import say of each other.
 *
 * @param packages what is imported
 * @param crates names that some manifest lists among crates of Rust
 */
record Neighbours(Set<PackageId> packages, Set<String> crates) {
    Neighbours {
        packages = Set.copyOf(packages);
        crates = Set.copyOf(crates);
    }

    /** Returns whether {@code name} is a crate and no package of this import. */
    boolean isCrate(String name) {
        return crates.contains(name) && !isPackage(name);
    }

    boolean isPackage(String name) {
        return Ids.parse(name).filter(packages::contains).isPresent();
    }
}

package io.ggen.marketplace.core.resolve;

import io.ggen.marketplace.core.VersionListing;
import io.ggen.marketplace.model.Dependency;
import io.ggen.marketplace.model.PackageRef;
import io.ggen.marketplace.model.Version;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Remembers what a catalogue answered, for one resolution and the trials that follow a failure. */
final class MemoCatalog implements PackageCatalog {
    private final PackageCatalog catalog;
    private final Map<PackageRef, List<VersionListing>> candidates = new HashMap<>();
    private final Map<Release, List<Dependency>> dependencies = new HashMap<>();

    private record Release(PackageRef ref, Version version) {
        // A record's own ways are made at run time and cost each process some 10 ms.

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Release it && ref.equals(it.ref) && version.equals(it.version);
        }

        @Override
        public int hashCode() {
            return ref.hashCode() * 31 + version.hashCode();
        }
    }

    MemoCatalog(PackageCatalog catalog) {
        this.catalog = catalog;
    }

    @Override
    public List<VersionListing> candidates(PackageRef ref) {
        return candidates.computeIfAbsent(ref, catalog::candidates);
    }

    @Override
    public List<Dependency> dependencies(PackageRef ref, Version version) {
        return dependencies.computeIfAbsent(
                new Release(ref, version), release -> catalog.dependencies(ref, version));
    }
}

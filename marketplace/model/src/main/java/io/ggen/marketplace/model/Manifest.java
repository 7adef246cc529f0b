package io.ggen.marketplace.model;

import java.util.List;

/**
 * What a package's own manifest says: {@code package.toml}, or {@code gpack.toml} or {@code
 * pack.toml} of ggen.
 *
 * @param dependencies at most 64, each id once, in the order written
 * @param include patterns of the files that belong to the package; empty means all
 * @param exclude patterns of files that do not
 */
public record Manifest(
        PackageId id,
        Version version,
        About about,
        List<Requirement> dependencies,
        List<String> include,
        List<String> exclude) {
    /** The names a manifest may have, in the order in which they are looked for. */
    public static final List<String> FILES = List.of("package.toml", "gpack.toml", "pack.toml");

    /** Copies the lists. */
    public Manifest {
        dependencies = List.copyOf(dependencies);
        include = List.copyOf(include);
        exclude = List.copyOf(exclude);
    }

    /** Returns this manifest with another version. */
    public Manifest withVersion(Version other) {
        return new Manifest(id, other, about, dependencies, include, exclude);
    }
}

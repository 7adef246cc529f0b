package io.ggen.marketplace.core.imports;

import io.ggen.marketplace.model.Fault;

import java.nio.file.Path;
import java.util.Optional;

/** One entry of what is imported, before its content was looked at. */
sealed interface Candidate {
    /**
     * A directory with a manifest in it.
     *
     * @param place of the index entry that names it, or of its manifest
     * @param promised what an index says it is
     */
    record Folder(Place place, Path directory, Path manifest, Optional<Promise> promised)
            implements Candidate {}

    /** An archive that an index of schema 1.0.0 names. */
    record Archive(Place place, Path file, SeedVersion version) implements Candidate {}

    /** An entry that cannot be taken. */
    record Refused(Fault fault) implements Candidate {}

    /** The name and version that an index gives for a directory. */
    record Promise(String name, String version) {}
}

package io.ggen.marketplace.core.imports;

import io.ggen.content.FileTree;
import io.ggen.marketplace.model.Manifest;

import java.nio.file.Path;

/**
 * Publishes what an importer found sound, signed with the importer's key, which is also the
 * publisher of every dependency. Blocks on I/O; throws MarketplaceException.
 */
public interface ImportTarget {
    /** Publishes the files of a package's directory. */
    Landing publish(Manifest manifest, Path directory, Path manifestFile);

    /** Publishes files that were taken out of {@code archive}. */
    Landing publish(Manifest manifest, FileTree files, Path archive);
}

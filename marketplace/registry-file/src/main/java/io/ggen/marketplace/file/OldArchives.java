package io.ggen.marketplace.file;

import io.ggen.marketplace.core.Listing;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.Release;
import io.ggen.marketplace.model.Version;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Archives that the old program published: found, held against index.json, and read. */
@SuppressWarnings("DoNotCallSuggester") // until archives of the old program are read
final class OldArchives {
    private final Layout layout;

    OldArchives(Layout layout) {
        this.layout = layout;
    }

    /** Returns the release that an unsigned version is, its content digested from the archive. */
    Release release(PackageId id, Version version, UnsignedEntry entry) throws IOException {
        throw new MarketplaceException(
                ErrorCode.VALIDATION,
                id + "@" + version + " is not signed: " + locate(id, version, entry),
                "import the package from its folder: ggen marketplace import PATH");
    }

    /** Opens the content of an unsigned version as a canonical tar. */
    InputStream open(Listing listing, UnsignedEntry entry) throws IOException {
        throw new IOException(
                "not readable: "
                        + locate(listing.release().id(), listing.release().version(), entry));
    }

    /**
     * Returns where the archive lies: where {@code download_url} says, if that is a path or file
     * URL inside the registry, else in the usual place.
     */
    Path locate(PackageId id, Version version, UnsignedEntry entry) throws IOException {
        String url = entry.archive(version).downloadUrl();
        String path = url.startsWith("file://") ? url.substring("file://".length()) : url;
        if (!path.isEmpty() && !path.contains("://")) {
            try {
                Path root = layout.root().toRealPath();
                Path named = layout.root().resolve(path);
                if (Files.isRegularFile(named) && named.toRealPath().startsWith(root)) {
                    return named;
                }
            } catch (InvalidPathException e) {
                return layout.archive(id, version);
            }
        }
        return layout.archive(id, version);
    }
}

package io.ggen.marketplace.file;

import io.ggen.base.Bytes;
import io.ggen.marketplace.core.Listing;
import io.ggen.marketplace.model.Did;
import io.ggen.marketplace.model.Envelope;
import io.ggen.marketplace.model.EnvelopeCodec;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.JsonObject;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.Release;
import io.ggen.marketplace.model.ReleaseCodec;
import io.ggen.marketplace.model.ReleaseVerifier;
import io.ggen.marketplace.model.Version;
import io.ggen.marketplace.model.Yank;
import io.ggen.multiformats.Cid;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads the records in a version's folder and holds them against the folder's name. */
final class Records {
    static final String SOURCE = "file";

    private final Layout layout;

    Records(Layout layout) {
        this.layout = layout;
    }

    /**
     * Reads a signed version. The signature was verified when it was admitted and will be when it
     * is installed; here the record must only be whole and stand in its place.
     */
    Listing listing(PackageId id, Version version) throws IOException {
        return listing(id, version, envelope(id, version));
    }

    /** Makes the listing of a version whose record was read just now. */
    Listing listing(PackageId id, Version version, Envelope envelope) throws IOException {
        Path folder = layout.folder(id, version);
        Release release = release(envelope);
        if (!release.id().equals(id)
                || !release.version().equals(version)
                || !release.publisher().equals(Optional.of(envelope.signer()))) {
            throw refused(
                    "the record in " + folder + " is of " + release.id() + "@" + release.version());
        }
        return new Listing(release, Optional.of(envelope), yank(folder, release), SOURCE);
    }

    /** Reads a signed version's record; not decoded yet. */
    Envelope envelope(PackageId id, Version version) throws IOException {
        return envelope(layout.folder(id, version).resolve(Layout.RELEASE));
    }

    private static Optional<Yank> yank(Path folder, Release release) throws IOException {
        try {
            return Optional.of(
                    ReleaseVerifier.yankOf(release, envelope(folder.resolve(Layout.YANK))));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static Release release(Envelope envelope) {
        try {
            return ReleaseCodec.decode(envelope.payload());
        } catch (IllegalArgumentException e) {
            throw refused("a record of " + envelope.signer() + " is malformed: " + e.getMessage());
        }
    }

    private static Envelope envelope(Path file) throws IOException {
        Bytes encoded = Bytes.wrap(Files.readAllBytes(file));
        try {
            return EnvelopeCodec.decode(encoded);
        } catch (MarketplaceException e) {
            throw new MarketplaceException(e.code(), file + ": " + e.getMessage(), e.hint())
                    .causedBy(e);
        }
    }

    /** What is known of an unpublished version. */
    record Removed(Optional<Did> publisher, Cid cid) {}

    /** Reads {@code removed.json}; empty where it cannot be read. */
    Optional<Removed> removed(PackageId id, Version version) throws IOException {
        Path file = layout.folder(id, version).resolve(Layout.REMOVED);
        try {
            JsonObject json = JsonObject.parse(Files.readString(file));
            return Optional.of(
                    new Removed(
                            json.optionalText("publisher").map(Did::new),
                            Cid.parse(json.text("cid"))));
        } catch (NoSuchFileException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static MarketplaceException refused(String message) {
        return new MarketplaceException(
                ErrorCode.SECURITY,
                message,
                "remove that version and publish it again: ggen marketplace unpublish ID@VERSION");
    }
}

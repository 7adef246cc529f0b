package io.ggen.marketplace.file;

import io.ggen.base.Bytes;
import io.ggen.base.DurableFiles;
import io.ggen.marketplace.core.Listing;
import io.ggen.marketplace.file.Folders.State;
import io.ggen.marketplace.file.Folders.VersionFolder;
import io.ggen.marketplace.model.Did;
import io.ggen.marketplace.model.Envelope;
import io.ggen.marketplace.model.EnvelopeCodec;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.PackageRef;
import io.ggen.marketplace.model.Release;
import io.ggen.marketplace.model.ReleaseVerifier;
import io.ggen.marketplace.model.UtcTime;
import io.ggen.marketplace.model.Version;
import io.ggen.marketplace.model.Yank;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/** Takes versions back: yanked by their publisher's word, or unpublished. The lock is held. */
final class Removal {
    private final Layout layout;
    private final IndexKeeper keeper;
    private final InstantSource clock;
    private final Records records;
    private final Folders folders;

    Removal(Layout layout, IndexKeeper keeper, InstantSource clock) {
        this.layout = layout;
        this.keeper = keeper;
        this.clock = clock;
        records = new Records(layout);
        folders = new Folders(layout);
    }

    /** Keeps a verified yank beside its release; returns whether it is new. */
    boolean yank(Yank yank, Envelope envelope, Admission admission) throws IOException {
        try (OffsetTable table = keeper.open()) {
            VersionFolder folder = folders.version(yank.id(), yank.version());
            if (folder.state() != State.SIGNED) {
                throw notFound(yank.id(), yank.version(), "has no signed release to yank");
            }
            Release release = records.listing(yank.id(), yank.version()).release();
            ReleaseVerifier.yankOf(release, envelope);
            if (folder.yanked()) {
                return false;
            }
            admission.checkChain(yank.origin(), envelope);
            ChangeLog.Place place = keeper.announce(yank.id());
            place(yank.id(), yank.version(), Layout.YANK, EnvelopeCodec.encode(envelope));
            admission.enter(yank.origin(), envelope);
            keeper.applied(table, place);
            return true;
        }
    }

    /** Removes a version, signed or not; leaves the word that it was there. */
    boolean delete(PackageRef ref, Version version) throws IOException {
        try (OffsetTable table = keeper.open()) {
            PackageId id = ref.id();
            State state = folders.version(id, version).state();
            boolean listed =
                    state != State.SIGNED
                            && state != State.REMOVED
                            && ref.publisher().isEmpty()
                            && keeper.value(table, id)
                                    .map(it -> UnsignedEntry.read(id, it).has(version))
                                    .orElse(false);
            if (state == State.SIGNED) {
                Listing listing = records.listing(id, version);
                Optional<Did> publisher = listing.release().publisher();
                if (ref.publisher().isPresent() && !ref.publisher().equals(publisher)) {
                    throw notFound(id, version, "is not of " + ref.publisher().get());
                }
                ChangeLog.Place place = keeper.announce(id);
                place(id, version, Layout.REMOVED, removed(listing.release()));
                empty(layout.folder(id, version));
                keeper.refresh(table, id, place).close();
                return true;
            }
            if (listed) {
                ChangeLog.Place place = keeper.announce(id);
                empty(layout.folder(id, version));
                Files.deleteIfExists(layout.folder(id, version));
                keeper.drop(table, id, version, place).close();
                return true;
            }
            throw notFound(id, version, "is not there");
        }
    }

    private Bytes removed(Release release) {
        String publisher =
                release.publisher()
                        .map(it -> "\"publisher\":" + JsonText.quote(it.text()) + ",")
                        .orElse("");
        return Bytes.utf8(
                "{\"schema\":1,"
                        + publisher
                        + "\"cid\":"
                        + JsonText.quote(release.content().cid().toString())
                        + ",\"sha256\":"
                        + JsonText.quote(release.content().sha256().hex())
                        + ",\"removedAt\":"
                        + JsonText.quote(UtcTime.format(clock.instant()))
                        + "}");
    }

    /** Puts a file into a version's folder, by way of the package's, whose time tells caches. */
    private void place(PackageId id, Version version, String name, Bytes content)
            throws IOException {
        Path temporary = layout.folder(id).resolve("." + name);
        Path folder = layout.folder(id, version);
        Files.deleteIfExists(temporary);
        FileBytes.create(temporary, content);
        DurableFiles.moveAtomically(temporary, folder.resolve(name));
        DurableFiles.forceDirectory(folder);
    }

    private static void empty(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (var files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                if (!file.endsWith(Layout.REMOVED)) {
                    Files.deleteIfExists(file);
                }
            }
        }
        DurableFiles.forceDirectory(folder);
    }

    static MarketplaceException notFound(PackageId id, Version version, String why) {
        return new MarketplaceException(
                ErrorCode.PACKAGE_NOT_FOUND,
                id + "@" + version + " " + why,
                "see its versions with: ggen marketplace info " + id);
    }
}

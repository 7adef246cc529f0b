package io.ggen.marketplace.file;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;
import io.ggen.content.ArchivePolicy;
import io.ggen.content.CanonicalTar;
import io.ggen.content.ContentDigest;
import io.ggen.content.ContentException;
import io.ggen.content.FileTree;
import io.ggen.content.GzipInput;
import io.ggen.content.TarIngest;
import io.ggen.content.TreeEntry;
import io.ggen.content.UnixFsWalk;
import io.ggen.marketplace.model.Content;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.Manifest;
import io.ggen.marketplace.model.ManifestParser;
import io.ggen.marketplace.model.ManifestReading;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.Release;
import io.ggen.marketplace.model.Version;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Objects;
import java.util.Optional;

/**
 * Archives that the old program published: found, held against what index.json says of them, and
 * read under the policy of hostile archives. Stateless.
 */
final class OldArchives {
    /** The largest manifest that is held against the index. */
    private static final long MANIFEST = 1 << 20;

    private final Layout layout;
    private final ArchivePolicy policy = ArchivePolicy.standard();

    OldArchives(Layout layout) {
        this.layout = layout;
    }

    /** An unsigned version: what index.json says of it. */
    record Unsigned(PackageId id, Version version, UnsignedEntry entry) {
        @Override
        public String toString() {
            return id + "@" + version;
        }
    }

    /** Returns the release that it is, its content digested from the archive. */
    Release release(Unsigned wanted) throws IOException {
        try (SpooledBlocks blocks = SpooledBlocks.open()) {
            return release(wanted, read(wanted, blocks));
        }
    }

    private static Release release(Unsigned wanted, ContentDigest digest) {
        UnsignedEntry entry = wanted.entry();
        return new Release(
                Optional.empty(),
                wanted.id(),
                wanted.version(),
                entry.publishedAt(wanted.version()),
                entry.about(),
                entry.dependencies(wanted.version()),
                new Content(
                        digest.cid(),
                        digest.sha256(),
                        digest.sizeBytes(),
                        digest.files(),
                        digest.executables()));
    }

    /** Opens the content as a canonical tar. */
    InputStream open(Unsigned wanted) throws IOException {
        FileChannel tar = SpooledBlocks.temporary();
        try (SpooledBlocks blocks = SpooledBlocks.open()) {
            OutputStream out = new BufferedOutputStream(Channels.newOutputStream(tar));
            CanonicalTar.write(tree(read(wanted, blocks), blocks), out);
            out.flush();
            tar.position(0);
            return Channels.newInputStream(tar);
        } catch (IOException | RuntimeException e) {
            tar.close();
            throw e;
        }
    }

    private FileTree tree(ContentDigest digest, SpooledBlocks blocks) throws IOException {
        return UnixFsWalk.tree(digest.cid(), digest.executables(), blocks, policy);
    }

    private ContentDigest read(Unsigned wanted, SpooledBlocks blocks) throws IOException {
        UnsignedEntry.Archive said = wanted.entry().archive(wanted.version());
        Path file = locate(wanted);
        MessageDigest checksum = Sha256.digest();
        ContentDigest digest;
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), checksum)) {
            if (Files.size(file) != said.sizeBytes()) {
                throw refused(wanted, "is not as long as index.json says");
            }
            digest =
                    TarIngest.readPlain(new GzipInput(in, policy), policy, blocks, blocks).digest();
        } catch (NoSuchFileException e) {
            throw refused(wanted, "is not in the registry: " + file);
        } catch (ContentException e) {
            throw refused(wanted, "is refused: " + e.getMessage());
        }
        if (!Sha256.finish(checksum).equals(said.checksum())) {
            throw refused(wanted, "does not have the checksum of index.json");
        }
        checkManifest(wanted, tree(digest, blocks));
        return digest;
    }

    private static void checkManifest(Unsigned wanted, FileTree tree) throws IOException {
        for (TreeEntry.RegularFile file : tree.files()) {
            if (Manifest.FILES.contains(file.path()) && file.size() <= MANIFEST) {
                try (InputStream in = file.source().open()) {
                    Bytes text = Bytes.wrap(in.readAllBytes());
                    if (ManifestParser.parse(file.path(), text)
                                    instanceof ManifestReading.Sound sound
                            && !names(sound.manifest(), wanted)) {
                        throw refused(
                                wanted,
                                "is of "
                                        + sound.manifest().id()
                                        + "@"
                                        + sound.manifest().version());
                    }
                }
            }
        }
    }

    private static boolean names(Manifest manifest, Unsigned wanted) {
        return manifest.id().equals(wanted.id()) && manifest.version().equals(wanted.version());
    }

    private static MarketplaceException refused(Unsigned wanted, String what) {
        return new MarketplaceException(
                ErrorCode.SECURITY,
                "the archive of " + wanted + " " + what,
                "do not use it: import the package from its folder, with: ggen marketplace import"
                        + " PATH");
    }

    /**
     * Returns where the archive lies: where {@code download_url} says, if that is a path or file
     * URL inside the registry, else in the usual place.
     */
    private Path locate(Unsigned wanted) throws IOException {
        String url = wanted.entry().archive(wanted.version()).downloadUrl();
        Path usual = layout.archive(wanted.id(), wanted.version());
        try {
            String path =
                    url.startsWith("file:")
                            ? Objects.requireNonNullElse(URI.create(url).getPath(), "")
                            : url;
            Path named = layout.root().resolve(path);
            boolean inside =
                    !url.isEmpty()
                            && Files.isRegularFile(named)
                            && named.toRealPath().startsWith(layout.root().toRealPath());
            return inside ? named : usual;
        } catch (IllegalArgumentException e) {
            return usual;
        }
    }
}

package io.ggen.marketplace.core.imports;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;
import io.ggen.content.ArchivePolicy;
import io.ggen.content.ContentException;
import io.ggen.content.FileTree;
import io.ggen.content.GzipInput;
import io.ggen.content.Ingested;
import io.ggen.content.TarIngest;
import io.ggen.content.TreeEntry;
import io.ggen.content.UnixFsWalk;
import io.ggen.marketplace.model.Manifest;
import io.ggen.marketplace.model.TomlDocument;
import io.ggen.marketplace.model.Utf8;
import io.ggen.multiformats.Cid;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Takes archives of the old program in: hash, size and every entry checked. Holds one archive at a
 * time in memory, at most 64 MiB unpacked. Blocks on I/O.
 */
final class Archives {
    private static final long MAX_UNPACKED = 64L << 20;

    private Archives() {}

    /**
     * Returns the files of an archive.
     *
     * @throws IllegalArgumentException where it is not the one that the index promises
     * @throws ContentException where it is hostile or malformed
     */
    static FileTree read(Candidate.Archive candidate) throws IOException {
        Path file = candidate.file();
        SeedVersion version = candidate.version();
        if (version.sizeBytes().isPresent() && version.sizeBytes().get() != Files.size(file)) {
            throw new IllegalArgumentException(
                    "the archive has "
                            + Files.size(file)
                            + " bytes, the index says "
                            + version.sizeBytes().get());
        }
        if (!hash(file).equals(version.archive())) {
            throw new IllegalArgumentException(
                    "the archive has another checksum than the index says");
        }
        FileTree files = unpack(file);
        requireSame(version.manifest(), files);
        return files;
    }

    private static Sha256 hash(Path file) throws IOException {
        var digest = Sha256.digest();
        byte[] buffer = new byte[64 * 1024];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return Sha256.finish(digest);
    }

    private static FileTree unpack(Path file) throws IOException {
        Map<Cid, Bytes> blocks = new HashMap<>();
        var policy = ArchivePolicy.standard().withMaxUnpacked(MAX_UNPACKED);
        try (InputStream in = Files.newInputStream(file);
                InputStream tar = new GzipInput(in, policy)) {
            Ingested ingested =
                    TarIngest.readPlain(
                            tar,
                            policy,
                            (cid, block) -> blocks.put(cid, copy(block)),
                            cid -> Optional.ofNullable(blocks.get(cid)));
            return UnixFsWalk.tree(
                    ingested.digest().cid(),
                    ingested.digest().executables(),
                    cid -> Optional.ofNullable(blocks.get(cid)),
                    policy);
        }
    }

    private static Bytes copy(ByteBuffer block) {
        byte[] bytes = new byte[block.remaining()];
        block.duplicate().get(bytes);
        return Bytes.wrap(bytes);
    }

    private static void requireSame(Manifest promised, FileTree files) throws IOException {
        for (TreeEntry.RegularFile file : files.files()) {
            if (Manifest.FILES.contains(file.path()) && file.size() <= TomlDocument.MAX_LENGTH) {
                try (InputStream in = file.source().open()) {
                    String text = Utf8.decode(Bytes.wrap(in.readAllBytes()));
                    requireSame(promised, TomlDocument.parse(file.path(), text));
                }
                return;
            }
        }
    }

    private static void requireSame(Manifest promised, TomlDocument document) {
        String folder = promised.id().name();
        boolean other =
                ForeignManifest.id(document, folder)
                        .filter(id -> !id.equals(promised.id()))
                        .isPresent();
        if (other) {
            throw new IllegalArgumentException("the archive holds the manifest of another package");
        }
    }
}

package io.ggen.content;

import io.ggen.base.Sha256;
import io.ggen.multiformats.Cid;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes a package in: reads a tar once, refuses it whole when anything in it is unsafe, and hands
 * its content on as blocks. Nothing is written to any file system here.
 *
 * <p>Holds one chunk of content and the list of entries in memory. When it throws, the blocks that
 * the sink got so far belong to nothing.
 */
public final class TarIngest {
    private static final int SMALL = 16 * 1024;

    private final TarReader tar;
    private final BlockWriter blocks;
    private final List<TreeEntry> entries = new ArrayList<>();
    private final Map<String, Subtree> files = new HashMap<>();
    private byte[] buffer = new byte[SMALL];

    private TarIngest(InputStream tar, ArchivePolicy policy, BlockSink sink) {
        this.tar = new TarReader(tar, policy);
        this.blocks = new BlockWriter(sink);
    }

    /**
     * Reads a canonical tar to its end; does not close it. Blocks on I/O.
     *
     * @throws ContentException when it is hostile, malformed, too large or not canonical
     */
    public static Ingested read(InputStream tar, ArchivePolicy policy, BlockSink sink)
            throws IOException {
        var ingest = new TarIngest(tar, policy, sink);
        FileTree tree = ingest.readAll();
        if (!ingest.isCanonical(tree)) {
            throw ContentException.notCanonical("the archive is not a canonical tar");
        }
        Sha256 digest = ingest.tar.digest();
        return ingest.ingested(tree, digest, digest);
    }

    /**
     * Reads any tar of files and folders to its end, in whatever order and with whatever owners,
     * modes and times; does not close it. Blocks on I/O.
     *
     * @param stored gives back what the sink got: the canonical digest of another archive takes a
     *     second pass
     * @throws ContentException when it is hostile, malformed or too large
     */
    public static Ingested readPlain(
            InputStream tar, ArchivePolicy policy, BlockSink sink, BlockSource stored)
            throws IOException {
        var ingest = new TarIngest(tar, policy, sink);
        FileTree tree = ingest.readAll();
        Sha256 archive = ingest.tar.digest();
        Sha256 canonical =
                ingest.isCanonical(tree) ? archive : digest(ingest.withSources(tree, stored));
        return ingest.ingested(tree, canonical, archive);
    }

    private FileTree readAll() throws IOException {
        for (var next = tar.next(); next.isPresent(); next = tar.next()) {
            entries.add(next.get());
            if (next.get() instanceof TreeEntry.RegularFile file) {
                files.put(file.path(), content(file.size()));
            }
        }
        return FileTree.of(entries);
    }

    private Subtree content(long size) throws IOException {
        int chunk = (int) Math.min(size, Chunking.STANDARD.chunkBytes());
        if (buffer.length < chunk) {
            buffer = new byte[chunk];
        }
        var dag = new FileDag(blocks, Chunking.STANDARD.maxLinks());
        for (int read = tar.read(buffer, 0, buffer.length);
                read > 0;
                read = tar.read(buffer, 0, buffer.length)) {
            dag.chunk(buffer, read);
        }
        tar.endFile(size);
        return dag.finish();
    }

    private boolean isCanonical(FileTree tree) {
        return tar.isCanonical() && tree.entries().size() == entries.size();
    }

    private Ingested ingested(FileTree tree, Sha256 canonical, Sha256 archive) throws IOException {
        var dag = new TreeDag(blocks);
        List<String> executables = new ArrayList<>();
        long sizeBytes = 0;
        for (TreeEntry entry : tree.entries()) {
            if (!(entry instanceof TreeEntry.RegularFile file)) {
                dag.folder(entry.path());
                continue;
            }
            dag.file(file.path(), content(file));
            sizeBytes += file.size();
            if (file.executable()) {
                executables.add(file.path());
            }
        }
        Cid root = dag.finish().cid();
        var digest = new ContentDigest(root, canonical, sizeBytes, files.size(), executables);
        return new Ingested(digest, archive, tree.entries().size());
    }

    private Subtree content(TreeEntry.RegularFile file) {
        Subtree content = files.get(file.path());
        if (content == null) {
            throw new IllegalStateException("no content was read for " + file.path());
        }
        return content;
    }

    private FileTree withSources(FileTree tree, BlockSource stored) {
        List<TreeEntry> readable = new ArrayList<>(tree.entries().size());
        for (TreeEntry entry : tree.entries()) {
            readable.add(
                    switch (entry) {
                        case TreeEntry.Directory folder -> folder;
                        case TreeEntry.RegularFile file ->
                                new TreeEntry.RegularFile(
                                        file.path(),
                                        file.size(),
                                        file.executable(),
                                        new UnixFsFile(
                                                content(file).cid(),
                                                file.size(),
                                                new VerifiedBlocks(stored)));
                    });
        }
        return FileTree.of(readable);
    }

    private static Sha256 digest(FileTree tree) throws IOException {
        var digest = Sha256.digest();
        try (var out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
            CanonicalTar.write(tree, out);
        }
        return Sha256.finish(digest);
    }
}

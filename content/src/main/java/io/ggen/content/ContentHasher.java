package io.ggen.content;

import io.ggen.base.Sha256;

import java.io.IOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/** Computes the identity of a tree in one pass over its files. */
public final class ContentHasher {
    private static final int SMALL = 16 * 1024;

    private final MessageDigest tar = Sha256.digest();
    private final BlockWriter blocks;
    private final Chunking chunking;
    private final byte[] zeros = new byte[2 * TarHeader.BLOCK];
    private final List<String> executables = new ArrayList<>();
    private byte[] buffer = new byte[SMALL];
    private long sizeBytes;
    private int files;

    private ContentHasher(BlockSink sink, Chunking chunking) {
        this.blocks = new BlockWriter(sink);
        this.chunking = chunking;
    }

    /**
     * Reads every file once and hands the blocks of the UnixFS DAG to {@code sink}. Holds one chunk
     * of content in memory. Blocks on I/O.
     *
     * @throws IOException when a file cannot be read or does not have the size that the tree says
     */
    public static ContentDigest digest(FileTree tree, BlockSink sink) throws IOException {
        return digest(tree, sink, Chunking.STANDARD);
    }

    static ContentDigest digest(FileTree tree, BlockSink sink, Chunking chunking)
            throws IOException {
        return new ContentHasher(sink, chunking).run(tree);
    }

    private ContentDigest run(FileTree tree) throws IOException {
        var folders = new TreeDag(blocks);
        for (TreeEntry entry : tree.entries()) {
            tar.update(TarHeader.encode(entry));
            if (entry instanceof TreeEntry.RegularFile file) {
                folders.file(file.path(), file(file));
            } else {
                folders.folder(entry.path());
            }
        }
        tar.update(zeros);
        return new ContentDigest(
                folders.finish().cid(), Sha256.finish(tar), sizeBytes, files, executables);
    }

    private Subtree file(TreeEntry.RegularFile file) throws IOException {
        sizeBytes += file.size();
        files++;
        if (file.executable()) {
            executables.add(file.path());
        }
        int wanted = (int) Math.min(file.size(), chunking.chunkBytes());
        if (buffer.length < wanted) {
            buffer = new byte[wanted];
        }
        var dag = new FileDag(blocks, chunking.maxLinks());
        try (var in = new CanonicalTar.ExactInput(file)) {
            for (int read = in.fill(buffer, 0, chunk());
                    read > 0;
                    read = in.fill(buffer, 0, chunk())) {
                tar.update(buffer, 0, read);
                dag.chunk(buffer, read);
            }
        }
        tar.update(zeros, 0, TarHeader.padding(file.size()));
        return dag.finish();
    }

    private int chunk() {
        return Math.min(buffer.length, chunking.chunkBytes());
    }
}

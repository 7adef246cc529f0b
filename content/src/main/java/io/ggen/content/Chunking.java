package io.ggen.content;

/**
 * How a file is cut: chunks of one size, at most so many links in a node, all leaves equally deep.
 */
record Chunking(int chunkBytes, int maxLinks) {
    /** The profile {@code unixfs-v1-2025}. */
    static final Chunking STANDARD = new Chunking(1 << 20, 1024);

    Chunking {
        if (chunkBytes < 1 || maxLinks < 2) {
            throw new IllegalArgumentException("no file can be cut so");
        }
    }

    /** Returns how many levels of nodes stand above the chunks of a file of that size. */
    int depth(long size) {
        int depth = 0;
        while (capacity(depth) < size) {
            depth++;
        }
        return depth;
    }

    /** Returns the most content bytes below a node with {@code depth} levels of nodes. */
    long capacity(int depth) {
        long bytes = chunkBytes;
        for (int i = 0; i < depth && bytes < TreeEntry.RegularFile.MAX_SIZE; i++) {
            bytes *= maxLinks;
        }
        return bytes;
    }
}

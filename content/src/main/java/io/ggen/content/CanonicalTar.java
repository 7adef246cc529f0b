package io.ggen.content;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * The one tar of a tree: ustar, entries in canonical order, folders included, the root left out,
 * two blocks of zeros at the end. Its SHA-256 is part of a content's identity.
 */
public final class CanonicalTar {
    private static final int BUFFER = 64 * 1024;
    private static final byte[] ZEROS = new byte[2 * TarHeader.BLOCK];

    private CanonicalTar() {}

    /**
     * Writes the tar; does not close {@code out}. Blocks on I/O.
     *
     * @throws IOException when a file does not have the size that the tree says
     */
    public static void write(FileTree tree, OutputStream out) throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (TreeEntry entry : tree.entries()) {
            out.write(TarHeader.encode(entry));
            if (entry instanceof TreeEntry.RegularFile file) {
                copy(file, out, buffer);
            }
        }
        out.write(ZEROS);
    }

    /** Returns the length of the tar in bytes. */
    public static long length(FileTree tree) {
        long length = ZEROS.length;
        for (TreeEntry entry : tree.entries()) {
            length += TarHeader.encode(entry).length;
            if (entry instanceof TreeEntry.RegularFile file) {
                length += file.size() + TarHeader.padding(file.size());
            }
        }
        return length;
    }

    private static void copy(TreeEntry.RegularFile file, OutputStream out, byte[] buffer)
            throws IOException {
        try (var in = new ExactInput(file)) {
            for (int read = in.fill(buffer, 0, buffer.length);
                    read > 0;
                    read = in.fill(buffer, 0, buffer.length)) {
                out.write(buffer, 0, read);
            }
        }
        out.write(ZEROS, 0, TarHeader.padding(file.size()));
    }

    /** Reads exactly as many bytes as the tree says, and fails where the source has others. */
    static final class ExactInput implements AutoCloseable {
        private final TreeEntry.RegularFile file;
        private final InputStream in;
        private long rest;

        ExactInput(TreeEntry.RegularFile file) throws IOException {
            this.file = file;
            this.in = file.source().open();
            this.rest = file.size();
        }

        /** Fills the buffer as far as the file goes; returns 0 at its end. */
        int fill(byte[] buffer, int offset, int length) throws IOException {
            int wanted = (int) Math.min(length, rest);
            int read = in.readNBytes(buffer, offset, wanted);
            rest -= read;
            if (read < wanted || (wanted == 0 && in.read() >= 0)) {
                throw new IOException(
                        PathRules.shown(file.path()) + " changed while it was being read");
            }
            return read;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}

package io.ggen.marketplace.file;

import io.ggen.base.Bytes;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Whole reads, writes and copies over file channels, which may do less in one call. */
final class FileBytes {
    private FileBytes() {}

    static byte[] read(FileChannel channel, long position, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                throw new EOFException("ends before byte " + (position + length));
            }
        }
        return buffer.array();
    }

    static void write(FileChannel channel, byte[] bytes, long position) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer, position + buffer.position());
        }
    }

    /**
     * Copies a range of {@code source} to the end of {@code target}, in the kernel if it can.
     * ({@code transferTo} does the same, but its pattern switch costs each process some 5 ms.)
     */
    static void copy(FileChannel source, long from, long to, FileChannel target)
            throws IOException {
        long end = target.size();
        source.position(from);
        for (long left = to - from; left > 0; ) {
            long copied = target.transferFrom(source, end, left);
            if (copied <= 0) {
                throw new EOFException("ends before byte " + to);
            }
            end += copied;
            left -= copied;
        }
    }

    /** Writes a new file and forces it; its name is durable once its directory is forced. */
    static void create(Path file, Bytes content) throws IOException {
        try (FileChannel channel = begin(file, content)) {
            channel.force(true);
        }
    }

    /** Writes a new file that the caller forces and closes. */
    static FileChannel begin(Path file, Bytes content) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try {
            write(channel, content.toArray(), 0);
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }
}

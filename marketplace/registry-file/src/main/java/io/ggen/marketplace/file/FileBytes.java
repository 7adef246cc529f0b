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

    /** Copies a range of {@code source} to the end of {@code target}, in the kernel if it can. */
    static void copy(FileChannel source, long from, long to, FileChannel target)
            throws IOException {
        target.position(target.size());
        long position = from;
        while (position < to) {
            long copied = source.transferTo(position, to - position, target);
            if (copied <= 0) {
                throw new EOFException("ends before byte " + to);
            }
            position += copied;
        }
    }

    /** Writes a new file and forces it; its name is durable once its directory is forced. */
    static void create(Path file, Bytes content) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            write(channel, content.toArray(), 0);
            channel.force(true);
        }
    }
}

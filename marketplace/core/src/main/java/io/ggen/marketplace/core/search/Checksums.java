package io.ggen.marketplace.core.search;

import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.SegmentReader;
import org.apache.lucene.store.FSDirectory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32;

/**
 * Checks files of an index as a whole: each ends with the CRC-32 of all before it. Lucene's own
 * check reads a kilobyte at a time, which a short command would feel.
 */
final class Checksums {
    private static final int CHECKSUM = Long.BYTES;
    private static final int BUFFER = 1 << 18;

    private Checksums() {}

    /** Reads every file of {@code segment}; throws where one is not as it was written. */
    static void verify(SegmentReader segment) throws IOException {
        if (segment.directory() instanceof FSDirectory directory) {
            ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
            for (String file : segment.getSegmentInfo().files()) {
                verify(directory.getDirectory().resolve(file), buffer);
            }
        }
    }

    private static void verify(Path file, ByteBuffer buffer) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long body = channel.size() - CHECKSUM;
            CRC32 checksum = new CRC32();
            for (long at = 0; at < body; at += buffer.limit()) {
                buffer.clear().limit((int) Math.min(BUFFER, body - at));
                fill(channel, buffer, at, file);
                checksum.update(buffer);
            }
            buffer.clear().limit(CHECKSUM);
            fill(channel, buffer, Math.max(body, 0), file);
            if (buffer.getLong() != checksum.getValue()) {
                throw new CorruptIndexException("another checksum", file.toString());
            }
        }
    }

    private static void fill(FileChannel channel, ByteBuffer buffer, long at, Path file)
            throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, at + buffer.position()) < 0) {
                throw new CorruptIndexException("too short", file.toString());
            }
        }
        buffer.flip();
    }
}

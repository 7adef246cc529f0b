package io.ggen.marketplace.file;

import io.ggen.base.Bytes;
import io.ggen.content.BlockSink;
import io.ggen.content.BlockSource;
import io.ggen.multiformats.Cid;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Blocks of one archive in a temporary file, gone when closed. Confined to one thread. */
final class SpooledBlocks implements BlockSink, BlockSource, AutoCloseable {
    private final FileChannel channel;
    private final Map<Cid, Range> blocks = new HashMap<>();
    private long end;

    private SpooledBlocks(FileChannel channel) {
        this.channel = channel;
    }

    private record Range(long start, int length) {}

    static SpooledBlocks open() throws IOException {
        return new SpooledBlocks(temporary());
    }

    /** Opens a fresh file that is gone when closed. */
    static FileChannel temporary() throws IOException {
        Path file = Files.createTempFile("ggen-", ".tmp");
        return FileChannel.open(
                file,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE);
    }

    @Override
    public void put(Cid cid, ByteBuffer block) throws IOException {
        if (blocks.containsKey(cid)) {
            return;
        }
        blocks.put(cid, new Range(end, block.remaining()));
        while (block.hasRemaining()) {
            end += channel.write(block, end);
        }
    }

    @Override
    public Optional<Bytes> get(Cid cid) throws IOException {
        Range range = blocks.get(cid);
        return range == null
                ? Optional.empty()
                : Optional.of(Bytes.wrap(FileBytes.read(channel, range.start(), range.length())));
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

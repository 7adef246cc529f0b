package io.ggen.marketplace.core.store;

import io.ggen.base.Bytes;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** The files that hold the blocks. Each is written by one session alone, which holds its lock. */
final class Segments implements AutoCloseable {
    private static final String SUFFIX = ".seg";

    private final Path folder;
    private final ConcurrentHashMap<Long, FileChannel> open = new ConcurrentHashMap<>();

    Segments(Path folder) {
        this.folder = folder;
    }

    /** A segment that is being written; closing it releases its lock. */
    record Writing(long number, Path file, FileChannel channel, FileLock lock)
            implements AutoCloseable {
        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    Path folder() {
        return folder;
    }

    Path file(long number) {
        return folder.resolve(HexFormat.of().toHexDigits(number) + SUFFIX);
    }

    /** Makes a new segment and locks it, so that no cleaning takes it away. */
    Writing create() throws IOException {
        Files.createDirectories(folder);
        for (; ; ) {
            long number = ThreadLocalRandom.current().nextLong(Long.MAX_VALUE);
            Path file = file(number);
            FileChannel channel =
                    FileChannel.open(
                            file,
                            StandardOpenOption.CREATE_NEW,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock != null && Files.exists(file)) {
                return new Writing(number, file, channel, lock);
            }
            channel.close();
        }
    }

    /** Returns the bytes there, or empty when segment or range is not there. */
    Optional<Bytes> read(long number, long offset, int length) throws IOException {
        try {
            FileChannel channel = channel(number);
            if (offset < 0 || length < 0 || offset + length > channel.size()) {
                return Optional.empty();
            }
            ByteBuffer buffer = ByteBuffer.allocate(length);
            while (buffer.hasRemaining()) {
                if (channel.read(buffer, offset + buffer.position()) < 0) {
                    return Optional.empty();
                }
            }
            return Optional.of(Bytes.wrap(buffer.array()));
        } catch (NoSuchFileException | ClosedChannelException e) {
            return Optional.empty();
        }
    }

    private FileChannel channel(long number) throws IOException {
        FileChannel known = open.get(number);
        if (known != null) {
            return known;
        }
        FileChannel channel = FileChannel.open(file(number), StandardOpenOption.READ);
        FileChannel other = open.putIfAbsent(number, channel);
        if (other == null) {
            return channel;
        }
        channel.close();
        return other;
    }

    /** Returns the numbers of all segments on the disk; files of other names are left alone. */
    List<Long> list() throws IOException {
        List<Long> numbers = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return numbers;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
            for (Path file : files) {
                number(file).ifPresent(numbers::add);
            }
        }
        return numbers;
    }

    private static Optional<Long> number(Path file) {
        String name = String.valueOf(file.getFileName());
        String digits = name.substring(0, name.length() - SUFFIX.length());
        try {
            return Optional.of(HexFormat.fromHexDigitsToLong(digits));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    long size(long number) throws IOException {
        try {
            return Files.size(file(number));
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    /**
     * Removes a segment that nobody writes.
     *
     * @return the bytes freed, 0 where it is being written or not there
     */
    long delete(long number, Condition condition) throws IOException {
        Path file = file(number);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            FileLock lock = tryLock(channel);
            if (lock == null || !condition.holds()) {
                return 0;
            }
            long size = channel.size();
            forget(number);
            Files.delete(file);
            return size;
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    /** What must hold under the segment's lock. */
    @FunctionalInterface
    interface Condition {
        boolean holds() throws IOException;
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // a session of this process writes it
        }
    }

    private void forget(long number) throws IOException {
        FileChannel channel = open.remove(number);
        if (channel != null) {
            channel.close();
        }
    }

    @Override
    public void close() throws IOException {
        for (Long number : List.copyOf(open.keySet())) {
            forget(number);
        }
    }
}

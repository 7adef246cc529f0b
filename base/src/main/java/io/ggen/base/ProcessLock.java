package io.ggen.base;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * A lock between processes (and between threads of one) on a file that holds the pid of its holder.
 * It dies with its process; the file stays. Closing twice does no harm.
 */
public final class ProcessLock implements AutoCloseable {
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final FileChannel channel;

    private ProcessLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * How long to wait.
     *
     * @param attempts how often, each with a message
     * @param each how long an attempt lasts
     */
    public record Patience(int attempts, Duration each) {
        /** Returns three attempts of five seconds. */
        public static Patience standard() {
            return new Patience(3, Duration.ofSeconds(5));
        }
    }

    /** The lock is still held by another after all attempts. */
    public static final class HeldException extends IOException {
        private final String holder;

        HeldException(Path file, String holder) {
            super(file + " is locked by " + holder);
            this.holder = holder;
        }

        /** Returns who holds the lock, such as {@code process 4711}. */
        public String holder() {
            return holder;
        }
    }

    /**
     * Takes the lock on {@code file}, which is made where it is missing and may not be a link.
     * Blocks for as long as {@code patience} has it.
     *
     * @param onWait hears before each attempt that has to wait who holds the lock
     * @throws HeldException when somebody else still holds it at the end
     */
    public static ProcessLock acquire(Path file, Patience patience, Consumer<String> onWait)
            throws IOException {
        Path parent = file.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        LinkOption.NOFOLLOW_LINKS);
        try {
            await(file, channel, patience, onWait);
            writeHolder(channel);
            return new ProcessLock(channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static void await(
            Path file, FileChannel channel, Patience patience, Consumer<String> onWait)
            throws IOException {
        if (tryLock(channel)) {
            return;
        }
        for (int attempt = 0; attempt < patience.attempts(); attempt++) {
            onWait.accept(holder(channel));
            long deadline = System.nanoTime() + patience.each().toNanos();
            while (System.nanoTime() - deadline < 0) {
                LockSupport.parkNanos(POLL_NANOS);
                if (tryLock(channel)) {
                    return;
                }
                if (Thread.interrupted()) {
                    throw new java.io.InterruptedIOException(
                            "interrupted while waiting for " + file);
                }
            }
        }
        throw new HeldException(file, holder(channel));
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false; // another thread of this process holds it
        }
    }

    private static void writeHolder(FileChannel channel) throws IOException {
        channel.truncate(0);
        channel.write(
                ByteBuffer.wrap(
                        Long.toString(ProcessHandle.current().pid())
                                .getBytes(StandardCharsets.US_ASCII)),
                0);
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(20);
        int read = channel.read(buffer, 0);
        String pid =
                read <= 0 ? "" : new String(buffer.array(), 0, read, StandardCharsets.US_ASCII);
        return pid.isEmpty() ? "another process" : "process " + pid;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("cannot release a lock", e);
        }
    }
}

package io.ggen.base;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * A lock between processes (and between threads of one) on a file that holds the pid of its holder.
 * It dies with its process; the file stays. Closing twice does no harm.
 */
public final class ProcessLock implements AutoCloseable {
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /**
     * The files that this process holds or tries to lock. POSIX takes a process's locks on a file
     * away when it closes any descriptor of it, so a file is never opened here twice at a time.
     */
    private static final Set<String> CLAIMED = ConcurrentHashMap.newKeySet();

    private final String claim;
    private final FileChannel channel;
    private final AtomicBoolean open = new AtomicBoolean(true);

    private ProcessLock(String claim, FileChannel channel) {
        this.claim = claim;
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
        String claim = file.toAbsolutePath().normalize().toString();
        var waiting = new Waiting(file, patience, onWait);
        waiting.until(() -> CLAIMED.add(claim), () -> "process " + ProcessHandle.current().pid());
        try {
            return new ProcessLock(claim, lock(file, waiting));
        } catch (IOException | RuntimeException e) {
            CLAIMED.remove(claim);
            throw e;
        }
    }

    private static FileChannel lock(Path file, Waiting waiting) throws IOException {
        FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        LinkOption.NOFOLLOW_LINKS);
        try {
            waiting.until(() -> channel.tryLock() != null, () -> holder(channel));
            writeHolder(channel);
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private interface Look<T> {
        T now() throws IOException;
    }

    /** What is left of a caller's patience. */
    private static final class Waiting {
        private final Path file;
        private final Duration each;
        private final Consumer<String> onWait;
        private int attempts;

        Waiting(Path file, Patience patience, Consumer<String> onWait) {
            this.file = file;
            this.each = patience.each();
            this.onWait = onWait;
            this.attempts = patience.attempts();
        }

        void until(Look<Boolean> free, Look<String> holder) throws IOException {
            while (!free.now()) {
                if (attempts-- <= 0) {
                    throw new HeldException(file, holder.now());
                }
                onWait.accept(holder.now());
                if (pollsFree(free)) {
                    return;
                }
            }
        }

        private boolean pollsFree(Look<Boolean> free) throws IOException {
            long deadline = System.nanoTime() + each.toNanos();
            while (System.nanoTime() - deadline < 0) {
                LockSupport.parkNanos(POLL_NANOS);
                if (free.now()) {
                    return true;
                }
                if (Thread.interrupted()) {
                    throw new InterruptedIOException("interrupted while waiting for " + file);
                }
            }
            return false;
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
        if (!open.compareAndSet(true, false)) {
            return;
        }
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot release a lock", e);
        } finally {
            CLAIMED.remove(claim);
        }
    }
}

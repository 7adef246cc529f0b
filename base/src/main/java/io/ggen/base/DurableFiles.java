package io.ggen.base;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Files that are whole or absent, whatever stops the program: written beside their place, forced to
 * the disk, renamed. All methods block on I/O and go through the {@link Path}'s own file system.
 */
public final class DurableFiles {
    private static final Set<PosixFilePermission> OWNER_ONLY =
            PosixFilePermissions.fromString("rw-------");
    private static final Set<StandardOpenOption> NEW =
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

    private DurableFiles() {}

    /**
     * Writes {@code content} to {@code target} and forces file and directory: durable when it
     * returns.
     */
    public static void write(Path target, Bytes content) throws IOException {
        replace(target, content, true);
        forceDirectory(directoryOf(target));
    }

    /**
     * Writes {@code content} to {@code target}, readable and writable by its owner alone (0600),
     * durably.
     */
    public static void writeSecret(Path target, Bytes content) throws IOException {
        replace(target, content, true, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        forceDirectory(directoryOf(target));
    }

    /**
     * Replaces {@code target} at one instant without forcing it: after a crash of the machine it
     * may be missing.
     */
    public static void writeAtomically(Path target, Bytes content) throws IOException {
        replace(target, content, false);
    }

    /** Forces the entries of {@code directory} (names, renames, removals) to the disk. */
    public static void forceDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Moves {@code source} over {@code target} in one step; both are on one file system. */
    public static void moveAtomically(Path source, Path target) throws IOException {
        try {
            Files.move(
                    source,
                    target,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            throw new IOException("cannot rename in one step from " + source + " to " + target, e);
        }
    }

    private static void replace(
            Path target, Bytes content, boolean force, FileAttribute<?>... attributes)
            throws IOException {
        Path directory = directoryOf(target);
        Files.createDirectories(directory);
        Path temporary =
                directory.resolve(
                        ".tmp-"
                                + Long.toHexString(ThreadLocalRandom.current().nextLong())
                                + "-"
                                + target.getFileName());
        try {
            try (FileChannel channel =
                    FileChannel.open(temporary, NEW, modeOf(target, attributes))) {
                ByteBuffer buffer = content.buffer();
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                if (force) {
                    channel.force(true);
                }
            }
            moveAtomically(temporary, target);
        } catch (IOException | RuntimeException e) {
            deleteQuietly(temporary, e);
            throw e;
        }
    }

    /** What is asked for, else what the file had before, else what the user's umask leaves. */
    private static FileAttribute<?>[] modeOf(Path target, FileAttribute<?>... wanted)
            throws IOException {
        if (wanted.length > 0 || !Files.exists(target)) {
            return wanted;
        }
        Set<PosixFilePermission> before = Files.getPosixFilePermissions(target);
        return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(before)};
    }

    private static void deleteQuietly(Path temporary, Exception cause) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    private static Path directoryOf(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IllegalArgumentException("not a file in a directory: " + file);
        }
        return parent;
    }
}

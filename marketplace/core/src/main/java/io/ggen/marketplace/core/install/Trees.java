package io.ggen.marketplace.core.install;

import io.ggen.base.Sha256;
import io.ggen.content.ArchivePolicy;
import io.ggen.content.BlockSink;
import io.ggen.content.BlockSource;
import io.ggen.content.ContentDigest;
import io.ggen.content.ContentException;
import io.ggen.content.ContentHasher;
import io.ggen.content.FileTree;
import io.ggen.content.TreeEntry;
import io.ggen.content.UnixFsWalk;
import io.ggen.marketplace.core.install.lock.LockedPackage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/** Package folders on the disk: written, compared, removed. Links are never followed. */
final class Trees {
    private static final int BUFFER = 64 * 1024;
    private static final Set<OpenOption> NEW =
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    private static final FileAttribute<Set<PosixFilePermission>> EXECUTABLE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x"));

    private Trees() {}

    /**
     * Writes a content to {@code folder}, which must not be there yet. Files are plain copies,
     * writable for their owner, and not forced to the disk.
     *
     * @throws ContentException where a block is missing or wrong
     */
    static void write(ContentDigest content, BlockSource blocks, ArchivePolicy policy, Path folder)
            throws IOException {
        FileTree tree = UnixFsWalk.tree(content.cid(), content.executables(), blocks, policy);
        Files.createDirectory(folder);
        byte[] buffer = new byte[BUFFER];
        for (TreeEntry entry : tree.entries()) {
            Path path = folder.resolve(entry.path());
            // no switch over types: the first one of a process costs several milliseconds
            if (entry instanceof TreeEntry.RegularFile file) {
                write(file, path, buffer);
            } else {
                Files.createDirectory(path);
            }
        }
    }

    private static void write(TreeEntry.RegularFile file, Path path, byte[] buffer)
            throws IOException {
        try (InputStream in = file.source().open();
                SeekableByteChannel out =
                        file.executable()
                                ? Files.newByteChannel(path, NEW, EXECUTABLE)
                                : Files.newByteChannel(path, NEW)) {
            for (int read = in.readNBytes(buffer, 0, buffer.length);
                    read > 0;
                    read = in.readNBytes(buffer, 0, buffer.length)) {
                ByteBuffer chunk = ByteBuffer.wrap(buffer, 0, read);
                while (chunk.hasRemaining()) {
                    out.write(chunk);
                }
            }
        }
    }

    /** Returns how {@code folder} differs from what is locked; empty where it does not. */
    static Optional<String> difference(Path folder, LockedPackage locked) throws IOException {
        if (!isFolder(folder)) {
            return Optional.of("it is not there");
        }
        try {
            FileTree tree = FileTree.scan(folder, (path, directory) -> true);
            ContentDigest digest = ContentHasher.digest(tree, BlockSink.discard());
            if (!digest.cid().equals(locked.cid())) {
                return Optional.of("its files are not those of " + locked);
            }
            return digest.sha256().equals(locked.integrity())
                    ? Optional.empty()
                    : Optional.of("a file is executable that should not be, or the other way");
        } catch (ContentException e) {
            return Optional.of("it holds what no package holds: " + e.getMessage());
        }
    }

    static boolean isFolder(Path path) {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }

    static boolean exists(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** Removes whatever stands at {@code path}; a link itself, never what it leads to. */
    static void delete(Path path) throws IOException {
        if (!exists(path)) {
            return;
        }
        Files.walkFileTree(
                path,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(
                            Path folder, BasicFileAttributes attributes) throws IOException {
                        if (!Files.isWritable(folder)) {
                            Files.setPosixFilePermissions(
                                    folder, PosixFilePermissions.fromString("rwx------"));
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.delete(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(
                            Path folder, java.io.@org.jspecify.annotations.Nullable IOException e)
                            throws IOException {
                        if (e != null) {
                            throw e;
                        }
                        Files.delete(folder);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    /** Removes {@code folder} where nothing is in it. */
    static void deleteIfEmpty(Path folder) throws IOException {
        if (!isFolder(folder)) {
            return;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            if (entries.iterator().hasNext()) {
                return;
            }
        } catch (NoSuchFileException e) {
            return;
        }
        Files.delete(folder);
    }

    /** Returns a short mark of {@code text} for names of files. */
    static String mark(String text) {
        return Sha256.of(io.ggen.base.Bytes.utf8(text)).hex().substring(0, 16);
    }
}

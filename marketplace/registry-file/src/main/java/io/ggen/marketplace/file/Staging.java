package io.ggen.marketplace.file;

import io.ggen.base.Bytes;
import io.ggen.base.DurableFiles;
import io.ggen.base.Sha256;
import io.ggen.marketplace.core.PackageSource;
import io.ggen.marketplace.model.Envelope;
import io.ggen.marketplace.model.EnvelopeCodec;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.model.Release;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.zip.GZIPOutputStream;

/**
 * A version in the making: all its files, durable, in a folder that nobody looks into. {@link
 * #commit} makes it appear in one step; closing removes what did not.
 */
final class Staging implements AutoCloseable {
    private static final int BUFFER = 64 * 1024;

    private final Layout layout;
    private final Release release;
    private final Path folder;

    private Staging(Layout layout, Release release, Path folder) {
        this.layout = layout;
        this.release = release;
        this.folder = folder;
    }

    static Staging begin(Layout layout, Release release) throws IOException {
        Files.createDirectories(layout.staging());
        long number = System.nanoTime();
        while (true) {
            Path folder =
                    layout.staging()
                            .resolve(
                                    ProcessHandle.current().pid() + "-" + Long.toHexString(number));
            try {
                return new Staging(layout, release, Files.createDirectory(folder));
            } catch (FileAlreadyExistsException e) {
                number++;
            }
        }
    }

    /** Fast and the same for the same bytes: no time, no name, a fixed level. */
    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(OutputStream out) throws IOException {
            super(out, BUFFER);
            def.setLevel(1);
        }
    }

    /**
     * Writes all files of the version; returns its entry for index.json. They are forced one after
     * the other once all are written: a journal takes them together.
     */
    EntryText fill(Envelope envelope, PackageSource content) throws IOException {
        Path archive = folder.resolve(Layout.archiveName(release.id(), release.version()));
        MessageDigest compressed = Sha256.digest();
        EntryText entry;
        try (FileChannel channel =
                FileChannel.open(
                        archive, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            HashingOutput sink = new HashingOutput(compressed, Channels.newOutputStream(channel));
            writeArchive(content, sink);
            entry = EntryText.of(release, Sha256.finish(compressed).hex(), sink.count());
            try (FileChannel json = begin(Layout.PACKAGE, entry.json());
                    FileChannel record = begin(Layout.RELEASE, EnvelopeCodec.encode(envelope))) {
                channel.force(true);
                json.force(true);
                record.force(true);
            }
        }
        DurableFiles.forceDirectory(folder);
        return entry;
    }

    private FileChannel begin(String name, Bytes content) throws IOException {
        return FileBytes.begin(folder.resolve(name), content);
    }

    private void writeArchive(PackageSource content, OutputStream sink) throws IOException {
        MessageDigest tar = Sha256.digest();
        try (FastGzip gzip = new FastGzip(sink)) {
            content.writeTar(new HashingOutput(tar, gzip));
        }
        Sha256 found = Sha256.finish(tar);
        if (!found.bytes().equals(release.content().sha256().bytes())) {
            throw new MarketplaceException(
                    ErrorCode.SECURITY,
                    "the content of "
                            + release.id()
                            + "@"
                            + release.version()
                            + " is not what was signed: its SHA-256 is "
                            + found
                            + ", the record says "
                            + release.content().sha256(),
                    "publish the package again from its folder");
        }
    }

    /** Makes the version appear in its place; the writers' lock is held. Durable on return. */
    void commit() throws IOException {
        Path target = layout.folder(release.id(), release.version());
        Path parent = layout.folder(release.id());
        boolean fresh = !Files.exists(parent);
        Files.createDirectories(parent);
        if (Files.exists(target)) {
            fillIn(target);
        } else {
            DurableFiles.moveAtomically(folder, target);
        }
        DurableFiles.forceDirectory(parent);
        for (Path above = parent.getParent();
                fresh && above != null && above.startsWith(layout.root());
                above = above.getParent()) {
            DurableFiles.forceDirectory(above);
        }
    }

    /** Returns to a folder without a version, or one that was unpublished: the record goes last. */
    private void fillIn(Path target) throws IOException {
        String archive = Layout.archiveName(release.id(), release.version());
        for (String name : new String[] {archive, Layout.PACKAGE, Layout.RELEASE}) {
            DurableFiles.moveAtomically(folder.resolve(name), target.resolve(name));
        }
        DurableFiles.forceDirectory(target);
        Path removed = target.resolve(Layout.REMOVED);
        if (Files.exists(removed)) {
            // by way of the package's folder, whose time tells caches of the change
            Path aside = layout.folder(release.id()).resolve(".returned");
            DurableFiles.moveAtomically(removed, aside);
            DurableFiles.forceDirectory(target);
            Files.delete(aside);
        }
    }

    /** Takes a committed version back; for the case that index.json could not follow. */
    void rollBack() throws IOException {
        if (!Files.exists(folder)) {
            Path target = layout.folder(release.id(), release.version());
            DurableFiles.moveAtomically(target, folder);
            DurableFiles.forceDirectory(layout.folder(release.id()));
        }
    }

    @Override
    public void close() throws IOException {
        deleteTree(folder);
    }

    /** Removes what killed processes left behind. */
    static void sweep(Layout layout) throws IOException {
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(layout.staging())) {
            for (Path leftover : leftovers) {
                String name = String.valueOf(leftover.getFileName());
                if (!isAlive(name.substring(0, Math.max(0, name.indexOf('-'))))) {
                    deleteTree(leftover);
                }
            }
        } catch (NoSuchFileException e) {
            return; // nothing was ever staged
        }
    }

    private static boolean isAlive(String pid) {
        try {
            long number = Long.parseLong(pid);
            return number == ProcessHandle.current().pid() || ProcessHandle.of(number).isPresent();
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static void deleteTree(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException e) {
            return; // it was committed
        }
        Files.deleteIfExists(folder);
    }
}

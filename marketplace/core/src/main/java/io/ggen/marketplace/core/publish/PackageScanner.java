package io.ggen.marketplace.core.publish;

import io.ggen.base.ByteSize;
import io.ggen.base.Bytes;
import io.ggen.content.ByteSource;
import io.ggen.content.PathRules;
import io.ggen.content.TreeEntry;
import io.ggen.marketplace.model.Fault;
import io.ggen.marketplace.model.Manifest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Gathers the files of a package, and everything that keeps them from being published: links and
 * special files, names that some system cannot hold, names that collide, sizes over the limits.
 * Links are never followed. Small files are read at once, so that what is checked is what is sent.
 * Single use; blocks on I/O.
 */
public final class PackageScanner {
    private static final long MAX_KEPT_FILE = 1 << 20;
    private static final long MAX_KEPT = 32 << 20;

    private final FileChoice choice;
    private final PublishLimits limits;
    private final List<TreeEntry> entries = new ArrayList<>();
    private final List<Fault> faults = new ArrayList<>();
    private final Map<String, String> names = new HashMap<>();
    private Class<? extends BasicFileAttributes> view = BasicFileAttributes.class;
    private long kept;
    private long total;

    private PackageScanner(FileChoice choice, PublishLimits limits) {
        this.choice = choice;
        this.limits = limits;
    }

    /**
     * What was found.
     *
     * @param entries what can be published, in no order
     * @param faults what cannot, by file; empty when all is well
     */
    public record Found(List<TreeEntry> entries, List<Fault> faults) {}

    /**
     * Scans the package in {@code root}.
     *
     * @param manifestFile the manifest's name, which always belongs
     */
    public static Found scan(
            Path root, String manifestFile, Manifest manifest, PublishLimits limits)
            throws IOException {
        var scanner = new PackageScanner(new FileChoice(root, manifestFile, manifest), limits);
        scanner.run(root);
        return new Found(scanner.entries, scanner.faults);
    }

    private void run(Path root) throws IOException {
        if (root.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            view = PosixFileAttributes.class;
        }
        enter(root, "");
        if (total > limits.total().bytes()) {
            fault(
                    ".",
                    "the files have "
                            + new ByteSize(total)
                            + ", and "
                            + limits.total()
                            + " are the most",
                    "leave out what users do not need: exclude = [\"…\"] or .ggenignore");
        }
        if (entries.size() > limits.entries()) {
            fault(
                    ".",
                    entries.size()
                            + " files and folders, and "
                            + limits.entries()
                            + " are the most",
                    "leave out what users do not need: exclude = [\"…\"] or .ggenignore");
        }
    }

    private void enter(Path folder, String prefix) throws IOException {
        try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
            for (Path child : children) {
                visit(child, prefix + child.getFileName());
            }
        }
    }

    private void visit(Path child, String path) throws IOException {
        BasicFileAttributes attributes =
                Files.readAttributes(child, view, LinkOption.NOFOLLOW_LINKS);
        if (attributes.isDirectory()) {
            if (choice.enters(path) && isSound(path)) {
                folder(child, path);
            }
        } else if (choice.takes(path) && isSound(path)) {
            file(child, path, attributes);
        }
    }

    private void folder(Path child, String path) throws IOException {
        int before = entries.size();
        enter(child, path + "/");
        if (entries.size() > before || choice.keepsEmpty(path)) {
            entries.add(new TreeEntry.Directory(path));
        }
    }

    private void file(Path child, String path, BasicFileAttributes attributes) throws IOException {
        if (!attributes.isRegularFile()) {
            boolean link = attributes.isSymbolicLink();
            fault(
                    path,
                    link ? "a symbolic link is not published" : "neither a file nor a folder",
                    (link ? "put the file itself there, or " : "")
                            + "leave it out with exclude = [\"…\"] or .ggenignore");
            return;
        }
        long size = attributes.size();
        total += size;
        if (size > limits.file().bytes()) {
            fault(
                    path,
                    "the file has "
                            + new ByteSize(size)
                            + ", and "
                            + limits.file()
                            + " are the most",
                    "leave it out, or have it downloaded by those who need it");
            return;
        }
        entries.add(entry(child, path, size, executable(attributes)));
    }

    private TreeEntry entry(Path child, String path, long size, boolean executable)
            throws IOException {
        if (size > MAX_KEPT_FILE || kept + size > MAX_KEPT) {
            return new TreeEntry.RegularFile(path, size, executable, ByteSource.of(child));
        }
        Bytes content = read(child, size);
        kept += content.length();
        return new TreeEntry.RegularFile(
                path, content.length(), executable, ByteSource.of(content));
    }

    private static Bytes read(Path file, long size) throws IOException {
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] content = in.readNBytes((int) Math.min(size + 1, MAX_KEPT_FILE + 1));
            if (content.length > size) {
                throw new IOException(file + " changed while it was being read");
            }
            return Bytes.wrap(content);
        }
    }

    private static boolean executable(BasicFileAttributes attributes) {
        return attributes instanceof PosixFileAttributes posix
                && posix.permissions().contains(PosixFilePermission.OWNER_EXECUTE);
    }

    private boolean isSound(String path) {
        var unsafe = PathRules.fault(path);
        if (unsafe.isPresent()) {
            fault(
                    PathRules.shown(path),
                    "the name cannot be published: " + unsafe.get(),
                    "rename it, or leave it out with exclude = [\"…\"] or .ggenignore");
            return false;
        }
        String other = names.put(PathRules.collisionKey(path), path);
        if (other != null) {
            fault(
                    path,
                    "it is the same name as "
                            + PathRules.shown(other)
                            + " where letter case does not count",
                    "rename one of the two");
            return false;
        }
        return true;
    }

    private void fault(String file, String reason, String hint) {
        faults.add(new Fault(file, 0, 0, reason, hint));
    }
}

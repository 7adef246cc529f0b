package io.ggen.content;

import io.ggen.content.ContentException.Reason;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;

/** Walks a folder without following links. Single use. */
final class TreeScan {
    private final PathFilter filter;
    private final List<TreeEntry> entries = new ArrayList<>();

    TreeScan(PathFilter filter) {
        this.filter = filter;
    }

    List<TreeEntry> scan(Path root) throws IOException {
        boolean posix = root.getFileSystem().supportedFileAttributeViews().contains("posix");
        enter(root, "", posix ? PosixFileAttributes.class : BasicFileAttributes.class);
        return entries;
    }

    private void enter(Path folder, String prefix, Class<? extends BasicFileAttributes> view)
            throws IOException {
        try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
            for (Path child : children) {
                visit(child, prefix + child.getFileName(), view);
            }
        }
    }

    private void visit(Path child, String path, Class<? extends BasicFileAttributes> view)
            throws IOException {
        BasicFileAttributes attributes =
                Files.readAttributes(child, view, LinkOption.NOFOLLOW_LINKS);
        if (!filter.includes(path, attributes.isDirectory())) {
            return;
        }
        if (attributes.isDirectory()) {
            entries.add(new TreeEntry.Directory(path));
            enter(child, path + "/", view);
        } else if (attributes.isRegularFile()) {
            entries.add(
                    new TreeEntry.RegularFile(
                            path, attributes.size(), executable(attributes), ByteSource.of(child)));
        } else {
            throw new ContentException(
                    Reason.UNSUPPORTED_ENTRY,
                    PathRules.shown(path)
                            + (attributes.isSymbolicLink()
                                    ? " is a symbolic link; packages hold files and folders alone"
                                    : " is neither a file nor a folder"));
        }
    }

    private static boolean executable(BasicFileAttributes attributes) {
        return attributes instanceof PosixFileAttributes posix
                && posix.permissions().contains(PosixFilePermission.OWNER_EXECUTE);
    }
}

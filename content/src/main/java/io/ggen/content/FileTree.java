package io.ggen.content;

import io.ggen.content.ContentException.Reason;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The files and folders of a package in canonical order: by the unsigned bytes of their archive
 * names, each folder before what it holds. Immutable, apart from what the sources read.
 *
 * <p>No two paths are the same on any file system, no file stands where a folder does, and every
 * folder above an entry is listed.
 */
public final class FileTree {
    private final List<TreeEntry> entries;

    private FileTree(List<TreeEntry> entries) {
        this.entries = entries;
    }

    /**
     * Sorts and checks {@code entries}, and adds the folders above them that are not listed.
     *
     * @throws ContentException when two of them collide
     */
    public static FileTree of(List<? extends TreeEntry> entries) {
        List<TreeEntry> all = new ArrayList<>(entries);
        addParents(all);
        all.sort((a, b) -> Utf8.compare(a.archiveName(), b.archiveName()));
        refuseCollisions(all);
        return new FileTree(List.copyOf(all));
    }

    /**
     * Lists the files and folders below {@code root} that {@code filter} lets pass; links are never
     * followed. Nothing is opened but folders. Blocks on I/O.
     *
     * @throws ContentException when an entry that passes is a link or a special file, or has an
     *     unsafe name
     */
    public static FileTree scan(Path root, PathFilter filter) throws IOException {
        return of(new TreeScan(filter).scan(root));
    }

    /** Returns every entry in canonical order. */
    public List<TreeEntry> entries() {
        return entries;
    }

    /** Returns the files alone, in canonical order. */
    public List<TreeEntry.RegularFile> files() {
        List<TreeEntry.RegularFile> files = new ArrayList<>();
        for (TreeEntry entry : entries) {
            if (entry instanceof TreeEntry.RegularFile file) {
                files.add(file);
            }
        }
        return files;
    }

    private static void addParents(List<TreeEntry> all) {
        Set<String> folders = new HashSet<>();
        for (TreeEntry entry : all) {
            if (entry instanceof TreeEntry.Directory) {
                folders.add(entry.path());
            }
        }
        for (int i = all.size() - 1; i >= 0; i--) {
            String path = all.get(i).path();
            for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/')) {
                path = path.substring(0, slash);
                if (!folders.add(path)) {
                    break;
                }
                all.add(new TreeEntry.Directory(path));
            }
        }
    }

    private static void refuseCollisions(List<TreeEntry> sorted) {
        Map<String, String> seen = HashMap.newHashMap(sorted.size());
        for (TreeEntry entry : sorted) {
            String earlier = seen.put(PathRules.collisionKey(entry.path()), entry.path());
            if (earlier != null) {
                throw new ContentException(
                        Reason.COLLISION,
                        PathRules.shown(earlier)
                                + " and "
                                + PathRules.shown(entry.path())
                                + (earlier.equals(entry.path())
                                        ? " stand there twice"
                                        : " are one file where letter case does not count"));
            }
        }
    }
}

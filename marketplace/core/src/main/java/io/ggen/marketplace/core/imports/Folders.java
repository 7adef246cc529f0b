package io.ggen.marketplace.core.imports;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds the packages below a folder, sorted by path; follows no links. Blocks on I/O. */
final class Folders {
    private static final int MAX_DEPTH = 6;

    private Folders() {}

    static List<Candidate> below(Path folder) throws IOException {
        List<Candidate> found = new ArrayList<>();
        collect(folder, 0, found);
        return found;
    }

    private static void collect(Path folder, int depth, List<Candidate> found) throws IOException {
        Optional<Path> manifest = Places.manifest(folder);
        if (manifest.isPresent()) {
            found.add(
                    new Candidate.Folder(
                            Place.of(manifest.get()), folder, manifest.get(), Optional.empty()));
            return;
        }
        for (Path child : depth < MAX_DEPTH ? folders(folder) : List.<Path>of()) {
            collect(child, depth + 1, found);
        }
    }

    private static List<Path> folders(Path folder) throws IOException {
        List<Path> folders = new ArrayList<>();
        try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
            for (Path child : children) {
                boolean hidden = String.valueOf(child.getFileName()).startsWith(".");
                if (!hidden && Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
                    folders.add(child);
                }
            }
        }
        folders.sort(Comparator.comparing(Path::toString));
        return folders;
    }
}

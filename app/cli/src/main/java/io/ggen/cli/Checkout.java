package io.ggen.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The sources that a distribution was built from, where it still lies among them.
 *
 * @param root the folder of the whole project
 * @param launch the file that the build writes last
 */
record Checkout(Path root, Path launch) {
    private static final Path PLACE = Path.of("app", "dist", "target", "ggen");

    /** Returns the checkout around a distribution. */
    static Optional<Checkout> around(Path dist) {
        Path launch = dist.resolve("launch");
        if (!dist.endsWith(PLACE) || !Files.exists(launch)) {
            return Optional.empty();
        }
        Path root = dist.resolve("../../../..").normalize();
        return Files.exists(root.resolve("pom.xml"))
                ? Optional.of(new Checkout(root, launch))
                : Optional.empty();
    }

    /** Returns the sources of the program that are newer than the build, below the root. */
    List<Path> newer() {
        List<Path> newer = new ArrayList<>();
        try {
            Files.walkFileTree(root, new Walk(Files.getLastModifiedTime(launch), newer));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look through " + root, e);
        }
        newer.sort(null);
        return newer;
    }

    private final class Walk extends SimpleFileVisitor<Path> {
        private final FileTime built;
        private final List<Path> newer;

        Walk(FileTime built, List<Path> newer) {
            this.built = built;
            this.newer = newer;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            String name = String.valueOf(folder.getFileName());
            boolean other =
                    switch (name) {
                        case "target", "docs", "quality", "examples" -> true;
                        case "test" -> folder.endsWith(Path.of("src", "test"));
                        default -> name.startsWith(".");
                    };
            return other && !folder.equals(root)
                    ? FileVisitResult.SKIP_SUBTREE
                    : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.lastModifiedTime().compareTo(built) > 0 && isSource(file)) {
                newer.add(root.relativize(file));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE;
        }

        private boolean isSource(Path file) {
            String name = String.valueOf(file.getFileName());
            return name.endsWith(".java")
                    || name.equals("pom.xml")
                    || file.toString().contains("src/main/")
                    || file.equals(root.resolve("ggen"));
        }
    }
}

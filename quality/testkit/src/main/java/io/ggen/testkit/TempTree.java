package io.ggen.testkit;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Builds directory trees for tests and takes pictures of them to compare. */
public final class TempTree {
    private final Path root;

    private TempTree(Path root) {
        this.root = root;
    }

    /** Returns a builder that writes below {@code root}, which is created when missing. */
    public static TempTree in(Path root) {
        TempTree tree = new TempTree(root);
        return tree.directory("");
    }

    /** Returns the folder that this tree stands in. */
    public Path root() {
        return root;
    }

    /** Writes a text file at the relative {@code path}, with its folders. */
    public TempTree file(String path, String text) {
        return file(path, Bytes.utf8(text));
    }

    /** Writes a file of bytes at the relative {@code path}, with its folders. */
    public TempTree file(String path, Bytes content) {
        return act(() -> {
            Path file = root.resolve(path);
            Path parent = file.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.write(file, content.toArray());
        });
    }

    /** Writes a text file that its owner may execute. */
    public TempTree executable(String path, String text) {
        file(path, text);
        return act(() ->
                Files.setPosixFilePermissions(
                        root.resolve(path), PosixFilePermissions.fromString("rwxr-xr-x")));
    }

    /** Makes a folder at the relative {@code path}. */
    public TempTree directory(String path) {
        return act(() -> Files.createDirectories(root.resolve(path)));
    }

    /** Makes a symbolic link at {@code path} that leads to {@code target}. */
    public TempTree symlink(String path, String target) {
        return act(() ->
                Files.createSymbolicLink(root.resolve(path), root.getFileSystem().getPath(target)));
    }

    /** Turns one bit of the file at {@code path}, as a decaying disk does. */
    public TempTree flipBit(String path, long bit) {
        return act(() -> {
            Path file = root.resolve(path);
            byte[] content = Files.readAllBytes(file);
            content[(int) (bit / 8)] ^= (byte) (1 << (bit % 8));
            Files.write(file, content);
        });
    }

    /**
     * Returns what stands below {@code root}: relative path to "dir", "link TARGET" or permissions
     * and SHA-256. Two trees are equal when their pictures are.
     */
    public static SortedMap<String, String> picture(Path root) {
        SortedMap<String, String> picture = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(root)) {
            for (Path path : (Iterable<Path>) walk::iterator) {
                if (!path.equals(root)) {
                    picture.put(root.relativize(path).toString(), describe(path));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look through " + root, e);
        }
        return picture;
    }

    private static String describe(Path path) throws IOException {
        if (Files.isSymbolicLink(path)) {
            return "link " + Files.readSymbolicLink(path);
        }
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            return "dir";
        }
        String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        return mode + " " + Sha256.of(Bytes.wrap(Files.readAllBytes(path)));
    }

    private TempTree act(Step step) {
        try {
            step.run();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot build the tree " + root, e);
        }
        return this;
    }

    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }
}

package io.ggen.marketplace.core.imports;

import io.ggen.marketplace.model.Manifest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the content that an index speaks of, below the index's own folder and nowhere else. */
final class Places {
    private final Path root;

    Places(Path root) {
        this.root = root;
    }

    /** Returns the manifest of a package's directory. */
    static Optional<Path> manifest(Path directory) {
        for (String name : Manifest.FILES) {
            Path file = directory.resolve(name);
            if (Files.isRegularFile(file)) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    /**
     * Returns the directory of a package: the path of the index, or what is left of it without its
     * first folders, or {@code packages/name}.
     */
    Optional<Path> directory(String path, String name) {
        List<String> places = new ArrayList<>();
        for (int from = 0; from >= 0 && !path.isEmpty(); from = after(path, from)) {
            places.add(path.substring(from));
        }
        places.add("packages/" + name);
        for (String place : places) {
            Optional<Path> found = inside(place).filter(p -> manifest(p).isPresent());
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static int after(String path, int from) {
        int slash = path.indexOf('/', from);
        return slash < 0 ? -1 : slash + 1;
    }

    /**
     * Returns what lies at {@code path}, relative and with {@code /}; nothing for a path that leads
     * out of the folder, by name or by a link.
     */
    Optional<Path> inside(String path) {
        if (path.isEmpty()
                || path.startsWith("/")
                || path.indexOf('\\') >= 0
                || path.indexOf(':') >= 0) {
            return Optional.empty();
        }
        try {
            Path place = root.resolve(path).normalize();
            boolean below = place.startsWith(root.normalize()) && Files.exists(place);
            return below && place.toRealPath().startsWith(root.toRealPath())
                    ? Optional.of(place)
                    : Optional.empty();
        } catch (IOException | InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** Returns {@code place} as seen from the folder; empty when it is not below it. */
    String relative(Path place) {
        return place.normalize().startsWith(root.normalize())
                ? root.normalize().relativize(place.normalize()).toString()
                : "";
    }
}

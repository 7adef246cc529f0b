package io.ggen.marketplace.core.publish;

import io.ggen.marketplace.model.Manifest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which files below a folder belong to its package. {@code .git} and {@code .ggen} never do; the
 * manifest always does. Without {@code include} all belong but those that {@code .gitignore} and
 * {@code .ggenignore} name, the files of each folder counting for what is below it, the deeper and
 * {@code .ggenignore} last; with {@code include} those alone that it names. {@code exclude} takes
 * away from either.
 */
final class FileChoice {
    private static final List<String> IGNORE_FILES = List.of(".gitignore", ".ggenignore");
    private static final int MAX_IGNORE_FILE = 1 << 20;

    private final Path root;
    private final String manifestFile;
    private final PatternList include;
    private final PatternList exclude;
    private final Map<String, PatternList> ignored = new HashMap<>();

    FileChoice(Path root, String manifestFile, Manifest manifest) {
        this.root = root;
        this.manifestFile = manifestFile;
        this.include = PatternList.of(manifest.include());
        this.exclude = PatternList.of(manifest.exclude());
    }

    /** Returns whether a folder is to be looked into. */
    boolean enters(String path) throws IOException {
        return !isPrivate(path) && !leavesOut(path, true);
    }

    /** Returns whether a folder that holds nothing of the package still belongs to it. */
    boolean keepsEmpty(String path) {
        return include.isEmpty() || named(path, true);
    }

    /** Returns whether a file belongs. */
    boolean takes(String path) throws IOException {
        return path.equals(manifestFile)
                || (!isPrivate(path)
                        && !leavesOut(path, false)
                        && (include.isEmpty() || named(path, false)));
    }

    private static boolean isPrivate(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return name.equals(".git") || name.equals(".ggen");
    }

    private boolean leavesOut(String path, boolean folder) throws IOException {
        return switch (exclude.verdict(path, folder)) {
            case MATCHED -> true;
            case TAKEN_BACK -> false;
            case SILENT -> include.isEmpty() && isIgnored(path, folder);
        };
    }

    private boolean isIgnored(String path, boolean folder) throws IOException {
        for (int slash = path.lastIndexOf('/'); ; slash = path.lastIndexOf('/', slash - 1)) {
            PatternList list = ignoredBelow(slash < 0 ? "" : path.substring(0, slash + 1));
            PatternList.Verdict verdict = list.verdict(path.substring(slash + 1), folder);
            if (verdict != PatternList.Verdict.SILENT) {
                return verdict == PatternList.Verdict.MATCHED;
            }
            if (slash < 0) {
                return false;
            }
        }
    }

    private PatternList ignoredBelow(String prefix) throws IOException {
        PatternList known = ignored.get(prefix);
        if (known == null) {
            List<String> lines = new ArrayList<>();
            for (String name : IGNORE_FILES) {
                lines.addAll(lines(root.resolve(prefix + name)));
            }
            known = PatternList.of(lines);
            ignored.put(prefix, known);
        }
        return known;
    }

    private static List<String> lines(Path file) throws IOException {
        try {
            if (!Files.isRegularFile(file)) {
                return List.of();
            }
            if (Files.size(file) > MAX_IGNORE_FILE) {
                throw new IOException(file + " is too large for a list of patterns");
            }
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    private boolean named(String path, boolean folder) {
        PatternList.Verdict verdict = include.verdict(path, folder);
        for (int slash = path.lastIndexOf('/');
                slash > 0 && verdict == PatternList.Verdict.SILENT;
                slash = path.lastIndexOf('/', slash - 1)) {
            verdict = include.verdict(path.substring(0, slash), true);
        }
        return verdict == PatternList.Verdict.MATCHED;
    }
}

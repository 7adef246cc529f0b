import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.JavaFormatterOptions.Style;
import com.google.googlejavaformat.java.RemoveUnusedImports;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Checks ({@code --check}) or rewrites ({@code --fix}) the format of every Java file of a tree. */
final class Format {
    private static final Set<String> SKIPPED = Set.of("target", "node_modules", ".git", ".mvn");

    public static void main(String[] args) throws Exception {
        boolean fix = args[0].equals("--fix");
        var formatter = new Formatter(JavaFormatterOptions.builder().style(Style.AOSP).build());
        List<Path> changed = new ArrayList<>();
        for (Path file : javaFiles(Path.of(args[1]))) {
            String before = Files.readString(file);
            String after = format(formatter, file, before);
            if (!after.equals(before)) {
                changed.add(file);
                if (fix) {
                    Files.writeString(file, after);
                }
            }
        }
        if (!changed.isEmpty()) {
            changed.forEach(
                    file -> System.err.println((fix ? "formatted " : "not formatted: ") + file));
            if (!fix) {
                System.err.println("run: mvn -q -N -f quality/checks validate -Dformat.mode=--fix");
                System.exit(1);
            }
        }
    }

    private static String format(Formatter formatter, Path file, String source) throws Exception {
        try {
            String imports = RemoveUnusedImports.removeUnusedImports(source);
            return formatter.formatSource(ImportOrderer.reorderImports(imports, Style.AOSP));
        } catch (Exception e) {
            throw new IOException("cannot format " + file + ": " + e.getMessage(), e);
        }
    }

    private static List<Path> javaFiles(Path root) throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(
                root,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes a) {
                        return SKIPPED.contains(String.valueOf(dir.getFileName()))
                                ? FileVisitResult.SKIP_SUBTREE
                                : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes a) {
                        if (file.toString().endsWith(".java")) {
                            files.add(file);
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
        return files;
    }
}

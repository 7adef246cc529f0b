package io.ggen.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The modules of the reactor and their compiled classes, imported once. */
record House(Path root, List<String> modules, JavaClasses classes) {
    private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");

    /** Reads the modules of the root pom that hold code of the product, and their classes. */
    static House open() {
        Path root = Path.of("").toAbsolutePath().resolve("../..").normalize();
        List<String> modules = modules(root);
        List<Path> outputs = modules.stream().map(module -> output(root, module)).toList();
        return new House(root, modules, new ClassFileImporter().importPaths(outputs));
    }

    private static List<String> modules(Path root) {
        try {
            return MODULE.matcher(Files.readString(root.resolve("pom.xml")))
                    .results()
                    .map(match -> match.group(1))
                    .filter(House::isProduct)
                    .filter(module -> Files.isDirectory(root.resolve(module, "src/main/java")))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the root pom in " + root, e);
        }
    }

    private static boolean isProduct(String module) {
        return !module.startsWith("quality/") || module.equals("quality/testkit");
    }

    private static Path output(Path root, String module) {
        return root.resolve(module, "target", "classes");
    }

    /** Returns the module that {@code type} was compiled in; empty for classes of others. */
    String moduleOf(JavaClass type) {
        return type.getSource().map(source -> moduleOf(source.getUri().toString())).orElse("");
    }

    private String moduleOf(String location) {
        return modules.stream()
                .filter(module -> location.startsWith("file://" + output(root, module) + "/"))
                .findFirst()
                .orElse("");
    }
}

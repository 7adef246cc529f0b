package io.ggen.marketplace.core.imports;

import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.PublisherRef;
import io.ggen.marketplace.model.Release;
import io.ggen.marketplace.model.Requirement;
import io.ggen.marketplace.model.TomlDocument;
import io.ggen.marketplace.model.VersionRange;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the packages among what other marketplaces call dependencies: lists of {@code
 * "name@range"}, tables of ranges, {@code required} and {@code optional} lists. File patterns,
 * crates of Rust and groups by language are no packages; they are left out and noted.
 */
final class ForeignDependencies {
    private static final String DEPENDENCIES = "dependencies";
    private static final String OPTIONAL = "optional-dependencies";
    private static final Set<String> OF_CARGO =
            Set.of("features", "path", "git", "default-features", "workspace");
    private static final Set<String> TOOL = Set.of("ggen", "ggen-core", "ggen-cli");

    private final TomlDocument document;
    private final ForeignManifest.Notes notes;
    private final Neighbours neighbours;
    private final Map<PackageId, Requirement> found = new LinkedHashMap<>();

    ForeignDependencies(TomlDocument document, ForeignManifest.Notes notes, Neighbours neighbours) {
        this.document = document;
        this.notes = notes;
        this.neighbours = neighbours;
    }

    /** Returns the names of {@code [dependencies]} where it is a table of crates. */
    static List<String> crates(TomlDocument document) {
        return isCargo(document) ? document.keys(List.of(DEPENDENCIES)) : List.of();
    }

    private static boolean isCargo(TomlDocument document) {
        if (!document.isTable(List.of(DEPENDENCIES))) {
            return false;
        }
        for (String key : document.keys(List.of(DEPENDENCIES))) {
            List<String> path = List.of(DEPENDENCIES, key);
            if (document.isTable(path)
                    && document.has(List.of(DEPENDENCIES, key, "version"))
                    && document.keys(path).stream().anyMatch(OF_CARGO::contains)) {
                return true;
            }
        }
        return false;
    }

    /** Returns the packages that the manifest with the main table {@code table} depends on. */
    List<Requirement> read(String table, Optional<PackageId> self) {
        list(List.of(table, DEPENDENCIES), false);
        list(List.of(table, "packages"), false);
        list(List.of(DEPENDENCIES), false);
        if (isCargo(document)) {
            notes.add(
                    List.of(DEPENDENCIES),
                    "[dependencies] are crates of Rust, no packages: left out");
        } else {
            table(DEPENDENCIES, false);
        }
        table(OPTIONAL, true);
        if (self.map(found::remove).isPresent()) {
            notes.add(List.of(DEPENDENCIES), "depends on itself: left out");
        }
        if (found.size() > Release.MAX_DEPENDENCIES) {
            document.fault(
                    List.of(DEPENDENCIES),
                    "more than " + Release.MAX_DEPENDENCIES + " dependencies",
                    "gather some of them in a package of their own");
        }
        return List.copyOf(found.values());
    }

    private void list(List<String> path, boolean optional) {
        for (String text : document.isList(path) ? document.texts(path) : List.<String>of()) {
            int at = text.lastIndexOf('@');
            String name = at > 0 ? text.substring(0, at) : text;
            add(path, name.strip(), at > 0 ? text.substring(at + 1).strip() : "*", optional);
        }
    }

    private void table(String name, boolean optional) {
        List<String> path = List.of(name);
        if (!document.isTable(path)) {
            return;
        }
        boolean lists =
                document.isList(List.of(name, "required"))
                        || document.isList(List.of(name, "optional"));
        if (lists) {
            list(List.of(name, "required"), optional);
            list(List.of(name, "optional"), true);
            return;
        }
        for (String key : document.keys(path)) {
            entry(List.of(name, key), optional);
        }
    }

    private void entry(List<String> path, boolean optional) {
        String name = path.getLast();
        if (document.isText(path)) {
            add(path, name, document.text(path).orElse(""), optional);
        } else if (document.isTable(path) && document.isText(member(path, "version"))) {
            boolean dispensable = document.flag(member(path, "optional")).orElse(false) || optional;
            add(path, name, document.text(member(path, "version")).orElse(""), dispensable);
        } else {
            notes.add(
                    path,
                    Ids.parse(name).map(id -> id + " is").orElse("this is")
                            + " no package: left out");
        }
    }

    private static List<String> member(List<String> path, String last) {
        List<String> longer = new ArrayList<>(path);
        longer.add(last);
        return longer;
    }

    private void add(List<String> path, String name, String range, boolean optional) {
        Optional<PackageId> id = Ids.parse(name);
        if (isFile(range) || id.isEmpty()) {
            notes.add(path, "names files or something else than a package: left out");
        } else if (!neighbours.isPackage(name) && TOOL.contains(name)) {
            notes.add(path, "is about the program " + name + ", no package: left out");
        } else if (neighbours.isCrate(name)) {
            notes.add(path, name + " is a crate of Rust elsewhere, no package: left out");
        } else {
            add(path, id.get(), range, optional);
        }
    }

    private void add(List<String> path, PackageId id, String text, boolean optional) {
        try {
            VersionRange range = VersionRange.parse(text.equals("latest") ? "*" : text);
            found.putIfAbsent(id, new Requirement(id, range, new PublisherRef.Self(), optional));
            if (!neighbours.packages().contains(id)) {
                notes.add(path, "depends on " + id + ", which is not imported with it");
            }
        } catch (IllegalArgumentException e) {
            document.fault(path, Ids.reason(e), "write a range such as \"^1.2.0\" or \"*\"");
        }
    }

    private static boolean isFile(String value) {
        return value.indexOf('/') >= 0
                || value.endsWith(".ttl")
                || value.endsWith(".rq")
                || value.endsWith(".sparql")
                || value.startsWith("*.");
    }
}

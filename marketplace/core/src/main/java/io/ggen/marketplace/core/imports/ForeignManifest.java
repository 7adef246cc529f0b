package io.ggen.marketplace.core.imports;

import io.ggen.marketplace.model.About;
import io.ggen.marketplace.model.Fault;
import io.ggen.marketplace.model.Label;
import io.ggen.marketplace.model.Manifest;
import io.ggen.marketplace.model.ManifestReading;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.Requirement;
import io.ggen.marketplace.model.TomlDocument;
import io.ggen.marketplace.model.Version;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a manifest of another marketplace: takes what can be understood, changes what can be made
 * to fit, and notes each change.
 */
final class ForeignManifest {
    private static final List<String> TABLES = List.of("package", "gpack", "pack");

    private final TomlDocument document;
    private final String folder;
    private final String table;
    private final Notes notes;

    private ForeignManifest(TomlDocument document, String folder, String table) {
        this.document = document;
        this.folder = folder;
        this.table = table;
        this.notes = new Notes(document);
    }

    /**
     * Reads the manifest of the package in the directory called {@code folder}.
     *
     * @param neighbours what is imported with it
     */
    static ManifestReading read(TomlDocument document, String folder, Neighbours neighbours) {
        if (!document.isSound()) {
            return new ManifestReading.Faulty(document.faults());
        }
        Optional<String> table = table(document);
        if (table.isEmpty()) {
            document.fault(
                    List.of(),
                    "there is no [package] table",
                    "begin with [package], name = \"…\" and version = \"1.0.0\"");
            return new ManifestReading.Faulty(document.faults());
        }
        return new ForeignManifest(document, folder, table.get()).read(neighbours);
    }

    /** Returns the id that {@link #read} will find, for its neighbours to know. */
    static Optional<PackageId> id(TomlDocument document, String folder) {
        return table(document).flatMap(table -> new ForeignManifest(document, folder, table).id());
    }

    private static Optional<String> table(TomlDocument document) {
        return TABLES.stream().filter(table -> document.isTable(List.of(table))).findFirst();
    }

    private ManifestReading read(Neighbours neighbours) {
        Optional<PackageId> id = id();
        Optional<Version> version = version();
        About about = about();
        List<Requirement> requirements =
                new ForeignDependencies(document, notes, neighbours).read(table, id);
        if (!document.isSound() || id.isEmpty() || version.isEmpty()) {
            return new ManifestReading.Faulty(document.faults());
        }
        return new ManifestReading.Sound(
                new Manifest(id.get(), version.get(), about, requirements, List.of(), List.of()),
                notes.all());
    }

    private List<String> path(String key) {
        return List.of(table, key);
    }

    /** Returns a text; one of another type is nobody's business here. */
    private String text(String key) {
        return document.isText(path(key)) ? document.text(path(key)).orElse("").strip() : "";
    }

    private Optional<PackageId> id() {
        String key = document.has(path("id")) ? "id" : "name";
        Optional<PackageId> written = Ids.parse(text(key));
        if (written.isPresent()) {
            return written;
        }
        Optional<PackageId> slug = Ids.parse(folder).or(() -> Ids.parse(Label.nearest(folder)));
        slug.ifPresentOrElse(
                id ->
                        notes.add(
                                path(key),
                                "the name is no package id: named " + id + " after its folder"),
                () ->
                        document.fault(
                                path(key),
                                "the package has no name that can be used",
                                "write name = \"my-package\""));
        return slug;
    }

    private Optional<Version> version() {
        try {
            Version version = Version.parse(text("version"));
            if (!version.build().isEmpty()) {
                notes.add(path("version"), "build metadata left out: +" + version.build());
            }
            return Optional.of(
                    new Version(
                            version.major(),
                            version.minor(),
                            version.patch(),
                            version.preRelease(),
                            ""));
        } catch (IllegalArgumentException e) {
            document.fault(
                    path("version"),
                    text("version").isEmpty() ? "the package has no version" : Ids.reason(e),
                    "write three numbers such as version = \"1.0.0\"");
            return Optional.empty();
        }
    }

    private About about() {
        return new About(
                title(),
                description(),
                text("license"),
                together("author", "authors"),
                labels(together("category", "categories"), "category"),
                labels(list("tags"), "tags"),
                list("keywords"),
                text("repository"),
                text("homepage"));
    }

    private String title() {
        String title = text("title").isEmpty() ? text("full_name") : text("title");
        String name = text("name");
        boolean nameIsTitle = document.has(path("id")) || Ids.parse(name).isEmpty();
        return title.isEmpty() && nameIsTitle ? name : title;
    }

    private String description() {
        String description = text("description");
        String shortened = Shorten.toBytes(description, About.MAX_DESCRIPTION);
        if (!shortened.equals(description)) {
            notes.add(
                    path("description"),
                    "description shortened to " + About.MAX_DESCRIPTION + " bytes");
        }
        return shortened;
    }

    private List<String> together(String singular, String plural) {
        Set<String> values = new LinkedHashSet<>(list(plural));
        String one = text(singular);
        if (!one.isEmpty()) {
            values.add(one);
        }
        return List.copyOf(values);
    }

    /** Returns a list, one inside a table of the same name, or the names that a table sets true. */
    private List<String> list(String key) {
        for (List<String> place : List.of(path(key), List.of(table, key, key), List.of(key, key))) {
            if (document.isList(place)) {
                return document.texts(place);
            }
        }
        List<String> flags = new ArrayList<>();
        List<String> place = document.isTable(path(key)) ? path(key) : List.of(key);
        for (String flag : document.isTable(place) ? document.keys(place) : List.<String>of()) {
            List<String> at = new ArrayList<>(place);
            at.add(flag);
            if (!document.isText(at)
                    && !document.isList(at)
                    && !document.isTable(at)
                    && document.flag(at).orElse(false)) {
                flags.add(flag);
            }
        }
        return flags;
    }

    private List<String> labels(List<String> texts, String key) {
        Set<String> labels = new LinkedHashSet<>();
        for (String text : texts) {
            String label = Label.nearest(text);
            if (!label.equals(text)) {
                notes.add(
                        path(key),
                        label.isEmpty()
                                ? "a label without letters: left out"
                                : "written as " + label + ", as labels are here");
            }
            if (!label.isEmpty()) {
                labels.add(label);
            }
        }
        return List.copyOf(labels);
    }

    /** What was changed, with the place of each. */
    static final class Notes {
        private final TomlDocument document;
        private final List<Fault> all = new ArrayList<>();

        Notes(TomlDocument document) {
            this.document = document;
        }

        void add(List<String> path, String what) {
            all.add(document.at(path, what, "nothing needs to be done"));
        }

        List<Fault> all() {
            return List.copyOf(all);
        }
    }
}

package io.ggen.marketplace.model;

import io.ggen.base.Bytes;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a package's manifest: {@code [package]} of package.toml, {@code [gpack]} of gpack.toml or
 * {@code [pack]} of pack.toml, with its dependencies. Everything wrong in it is found at once, with
 * line, column and what to do. Unknown keys belong to others and are left alone.
 */
public final class ManifestParser {
    private static final List<String> TABLES = List.of("package", "gpack", "pack");
    private static final String REQUIRED = "dependencies";
    private static final String OPTIONAL = "optional-dependencies";
    static final List<String> KEYS =
            List.of(
                    "name",
                    "version",
                    "description",
                    "license",
                    "title",
                    "authors",
                    "categories",
                    "tags",
                    "keywords",
                    "repository",
                    "homepage",
                    "include",
                    "exclude");
    private static final Set<String> OTHER_KEYS =
            Set.of("id", "author", "category", "full_name", "packages");

    private final TomlDocument document;
    private final String table;
    private final List<Fault> warnings = new ArrayList<>();

    private ManifestParser(TomlDocument document, String table) {
        this.document = document;
        this.table = table;
    }

    /**
     * Reads a manifest.
     *
     * @param file names it in faults
     */
    public static ManifestReading parse(String file, Bytes bytes) {
        try {
            return parse(file, Utf8.decode(bytes));
        } catch (IllegalArgumentException e) {
            return new ManifestReading.Faulty(
                    List.of(new Fault(file, 0, 0, Text.reason(e), "save the file as UTF-8")));
        }
    }

    /** Reads the text of a manifest. */
    public static ManifestReading parse(String file, String text) {
        TomlDocument document = TomlDocument.parse(file, text);
        if (!document.isSound()) {
            return new ManifestReading.Faulty(document.faults());
        }
        for (String table : TABLES) {
            if (document.isTable(List.of(table))) {
                return new ManifestParser(document, table).read();
            }
        }
        document.fault(
                List.of(),
                "there is no [package] table",
                "begin with [package], name = \"…\" and version = \"1.0.0\"");
        return new ManifestReading.Faulty(document.faults());
    }

    /** Reads a manifest; throws VALIDATION with all faults where it cannot be published. */
    public static Manifest require(String file, Bytes bytes) {
        return switch (parse(file, bytes)) {
            case ManifestReading.Sound sound -> sound.manifest();
            case ManifestReading.Faulty faulty ->
                    throw Fault.asError("the manifest has faults:", faulty.faults());
        };
    }

    private ManifestReading read() {
        Optional<PackageId> id = id();
        Optional<Version> version = version();
        About about = about();
        List<Requirement> requirements = requirements(id);
        List<String> include = document.texts(path("include"));
        List<String> exclude = document.texts(path("exclude"));
        warnOfUnknownKeys();
        if (!document.isSound() || id.isEmpty() || version.isEmpty()) {
            return new ManifestReading.Faulty(document.faults());
        }
        return new ManifestReading.Sound(
                new Manifest(id.get(), version.get(), about, requirements, include, exclude),
                List.copyOf(warnings));
    }

    private List<String> path(String key) {
        return List.of(table, key);
    }

    private String text(String key) {
        return document.text(path(key)).orElse("");
    }

    private boolean hasId() {
        return document.has(path("id"));
    }

    private Optional<PackageId> id() {
        String key = hasId() ? "id" : "name";
        if (!document.has(path(key))) {
            document.fault(
                    path(key),
                    "the package has no name",
                    "add name = \"my-package\" below [" + table + "]");
            return Optional.empty();
        }
        try {
            return document.text(path(key)).map(PackageId::new);
        } catch (IllegalArgumentException e) {
            document.fault(path(key), Text.reason(e), betterName(key));
            return Optional.empty();
        }
    }

    private String betterName(String key) {
        String better = Label.nearest(text(key));
        return better.isEmpty()
                ? "write " + key + " = \"my-package\""
                : "write " + key + " = \"" + better + "\" and title = \"…\" for people";
    }

    private Optional<Version> version() {
        if (!document.has(path("version"))) {
            document.fault(
                    path("version"),
                    "the package has no version",
                    "add version = \"1.0.0\" below [" + table + "]");
            return Optional.empty();
        }
        try {
            Optional<Version> version = document.text(path("version")).map(Version::parse);
            version.filter(v -> !v.build().isEmpty())
                    .ifPresent(v ->
                            document.fault(
                                    path("version"),
                                    "build metadata is not published",
                                    "drop +" + v.build() + " from the version"));
            return version;
        } catch (IllegalArgumentException e) {
            document.fault(
                    path("version"), Text.reason(e), "write three numbers such as \"1.0.0\"");
            return Optional.empty();
        }
    }

    private About about() {
        return new About(
                title(),
                description(),
                text("license"),
                oneOrMore("author", "authors"),
                labels(oneOrMore("category", "categories"), "categories"),
                labels(document.texts(path("tags")), "tags"),
                document.texts(path("keywords")),
                text("repository"),
                text("homepage"));
    }

    private String title() {
        String full = text("title").isEmpty() ? text("full_name") : text("title");
        return full.isEmpty() && hasId() ? text("name") : full;
    }

    private String description() {
        String description = text("description").strip();
        int length = Utf8.length(description);
        if (length > About.MAX_DESCRIPTION) {
            document.fault(
                    path("description"),
                    "the description has "
                            + length
                            + " bytes, and "
                            + About.MAX_DESCRIPTION
                            + " are the most",
                    "say it in a sentence or two, and the rest in README.md");
        }
        return description;
    }

    private List<String> oneOrMore(String singular, String plural) {
        List<String> values = new ArrayList<>(document.texts(path(plural)));
        document.text(path(singular)).filter(one -> !values.contains(one)).ifPresent(values::add);
        return values;
    }

    private List<String> labels(List<String> labels, String key) {
        for (String label : labels) {
            if (!Label.isValid(label)) {
                String better = Label.nearest(label);
                document.fault(
                        document.has(path(key)) ? path(key) : path("category"),
                        "not of lower-case letters, digits and hyphens, at most 40: "
                                + Shown.text(label),
                        better.isEmpty() ? "remove it" : "write \"" + better + "\"");
            }
        }
        return labels;
    }

    private List<Requirement> requirements(Optional<PackageId> self) {
        List<Requirement> all = new ArrayList<>(packages());
        all.addAll(Requirements.read(document, REQUIRED, false));
        all.addAll(Requirements.read(document, OPTIONAL, true));
        Set<PackageId> ids = new HashSet<>();
        for (Requirement one : all) {
            if (self.filter(one.id()::equals).isPresent()) {
                document.fault(
                        dependency(one), "the package depends on itself", "remove this line");
            }
            if (!ids.add(one.id())) {
                document.fault(
                        dependency(one),
                        one.id() + " is a dependency twice",
                        "keep one of the two lines");
            }
        }
        if (all.size() > Release.MAX_DEPENDENCIES) {
            document.fault(
                    List.of(REQUIRED),
                    all.size() + " dependencies, and " + Release.MAX_DEPENDENCIES + " are the most",
                    "gather some of them in a package of their own");
        }
        return all;
    }

    private static List<String> dependency(Requirement one) {
        return List.of(one.optional() ? OPTIONAL : REQUIRED, one.id().text());
    }

    /** The members of a pack of ggen: any version of each. */
    private List<Requirement> packages() {
        List<Requirement> packages = new ArrayList<>();
        for (String name :
                table.equals("pack") ? document.texts(path("packages")) : List.<String>of()) {
            try {
                packages.add(
                        new Requirement(
                                new PackageId(name),
                                VersionRange.any(),
                                new PublisherRef.Unnamed(),
                                false));
            } catch (IllegalArgumentException e) {
                document.fault(
                        path("packages"),
                        Text.reason(e),
                        "name the package as `ggen marketplace search` prints it");
            }
        }
        return packages;
    }

    private void warnOfUnknownKeys() {
        for (String key : document.keys(List.of(table))) {
            if (!KEYS.contains(key) && !OTHER_KEYS.contains(key)) {
                Nearest.to(key, KEYS)
                        .ifPresent(nearest ->
                                warnings.add(
                                        document.at(
                                                path(key),
                                                Shown.text(key) + " is not read",
                                                "did you mean " + nearest + "?")));
            }
        }
    }
}

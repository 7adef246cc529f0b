package io.ggen.marketplace.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads dependency tables: {@code id = "range"} or {@code id = { version = "range", publisher = "…"
 * }}, as in package.toml and ggen.toml.
 */
public final class Requirements {
    private static final List<String> MEMBERS = List.of("version", "publisher", "optional");

    private Requirements() {}

    /**
     * Returns the requirements of the table {@code name}; what is wrong in it is noted in {@code
     * document} and left out.
     */
    public static List<Requirement> read(TomlDocument document, String name, boolean optional) {
        List<Requirement> requirements = new ArrayList<>();
        for (String key : document.keys(List.of(name))) {
            one(document, List.of(name, key), optional).ifPresent(requirements::add);
        }
        return requirements;
    }

    private static Optional<Requirement> one(
            TomlDocument document, List<String> path, boolean optional) {
        boolean table = document.isTable(path);
        Optional<PackageId> id = id(document, path);
        Optional<VersionRange> range = range(document, table ? with(path, "version") : path, path);
        if (!table) {
            return id.flatMap(i ->
                    range.map(r -> new Requirement(i, r, new PublisherRef.Unnamed(), optional)));
        }
        Optional<PublisherRef> publisher = publisher(document, with(path, "publisher"));
        boolean dispensable = document.flag(with(path, "optional")).orElse(false) || optional;
        unknownMembers(document, path);
        return id.flatMap(
                i -> range.flatMap(r -> publisher.map(p -> new Requirement(i, r, p, dispensable))));
    }

    private static Optional<PackageId> id(TomlDocument document, List<String> path) {
        try {
            return Optional.of(new PackageId(path.getLast()));
        } catch (IllegalArgumentException e) {
            document.fault(
                    path,
                    Text.reason(e),
                    "name the package as `ggen marketplace search` prints it");
            return Optional.empty();
        }
    }

    private static Optional<VersionRange> range(
            TomlDocument document, List<String> path, List<String> dependency) {
        if (!document.has(path)) {
            document.fault(
                    dependency,
                    Shown.text(dependency.getLast()) + " has no version",
                    "add version = \"^1.0.0\", or \"*\" for any");
            return Optional.empty();
        }
        try {
            return document.text(path).map(VersionRange::parse);
        } catch (IllegalArgumentException e) {
            document.fault(
                    path,
                    Text.reason(e),
                    "write a range such as \"^1.2.0\", \"~1.2\" or \">=1 <3\"");
            return Optional.empty();
        }
    }

    private static Optional<PublisherRef> publisher(TomlDocument document, List<String> path) {
        if (!document.has(path)) {
            return Optional.of(new PublisherRef.Unnamed());
        }
        try {
            return document.text(path).map(PublisherRef::parse);
        } catch (IllegalArgumentException e) {
            document.fault(
                    path,
                    Text.reason(e),
                    "write a did:key, a petname of `ggen marketplace trust list`, or \"self\"");
            return Optional.empty();
        }
    }

    private static void unknownMembers(TomlDocument document, List<String> path) {
        for (String member : document.keys(path)) {
            if (!MEMBERS.contains(member)) {
                document.fault(
                        with(path, member),
                        "a dependency has no " + Shown.text(member),
                        Nearest.to(member, MEMBERS)
                                .map(nearest -> "did you mean " + nearest + "?")
                                .orElse("a dependency has version, publisher and optional"));
            }
        }
    }

    private static List<String> with(List<String> path, String last) {
        List<String> longer = new ArrayList<>(path);
        longer.add(last);
        return longer;
    }
}

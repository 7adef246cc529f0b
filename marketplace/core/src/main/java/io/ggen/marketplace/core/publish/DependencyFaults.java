package io.ggen.marketplace.core.publish;

import io.ggen.marketplace.core.Registry;
import io.ggen.marketplace.core.SearchHit;
import io.ggen.marketplace.core.VersionListing;
import io.ggen.marketplace.model.Did;
import io.ggen.marketplace.model.Fault;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.PackageRef;
import io.ggen.marketplace.model.PublisherRef;
import io.ggen.marketplace.model.Query;
import io.ggen.marketplace.model.Requirement;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Says what is wrong with a package's dependencies, and what may have been meant. */
final class DependencyFaults {
    private static final int NEAR = 3;
    private static final int SHOWN_VERSIONS = 5;

    private final Registry registry;
    private final PublishPlan plan;

    DependencyFaults(Registry registry, PublishPlan plan) {
        this.registry = registry;
        this.plan = plan;
    }

    /** The dependency that nobody is known to publish. */
    Fault nobody(Requirement requirement) {
        if (requirement.publisher() instanceof PublisherRef.Petname) {
            return fault(
                    requirement,
                    "nobody is called \""
                            + requirement.publisher()
                            + "\" in trust.toml, who should be the publisher of "
                            + requirement.id(),
                    naming(requirement));
        }
        List<String> near = near(requirement.id());
        return fault(
                requirement,
                "there is no package " + requirement.id() + " to depend on",
                near.isEmpty()
                        ? naming(requirement)
                        : "did you mean "
                                + String.join(" or ", near)
                                + "? Else "
                                + naming(requirement));
    }

    private static String naming(Requirement requirement) {
        String line = "\"" + requirement.id() + "\" = { version = \"" + requirement.range() + "\"";
        return "name its publisher, as in "
                + line
                + ", publisher = \"did:key:…\" }, or \"self\" for one of your own that is"
                + " still to come";
    }

    /** Returns the dependency of which there are versions, but none in its range. */
    Optional<Fault> noVersion(Requirement requirement, Optional<Did> publisher) {
        List<VersionListing> versions =
                registry.listVersions(new PackageRef(requirement.id(), publisher));
        for (VersionListing version : versions) {
            if (requirement.range().contains(version.version())) {
                return Optional.empty();
            }
        }
        return versions.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        fault(
                                requirement,
                                "no version of "
                                        + requirement.id()
                                        + " is in "
                                        + requirement.range(),
                                "available: "
                                        + shown(versions)
                                        + "; publish the version that is meant first"));
    }

    /** Returns ids that resemble {@code id}, each with its newest versions. */
    private List<String> near(PackageId id) {
        Set<PackageId> ids = new LinkedHashSet<>(registry.similar(id, NEAR));
        if (ids.isEmpty()) {
            for (SearchHit hit : registry.search(Query.of(id.name(), NEAR)).hits()) {
                ids.add(hit.id());
            }
        }
        List<String> near = new ArrayList<>();
        for (PackageId one : ids) {
            near.add(one + " (" + shown(registry.listVersions(PackageRef.of(one))) + ")");
        }
        return near;
    }

    private static String shown(List<VersionListing> versions) {
        List<String> texts = new ArrayList<>();
        for (VersionListing version : versions.reversed()) {
            if (texts.size() == SHOWN_VERSIONS) {
                texts.add("…");
                break;
            }
            texts.add(version.version().toString());
        }
        return String.join(", ", texts);
    }

    private Fault fault(Requirement requirement, String reason, String hint) {
        String file = plan.manifestFile();
        List<String> lines = lines(file);
        for (int i = 0; i < lines.size(); i++) {
            int column = columnOfKey(lines.get(i), requirement.id().text());
            if (column > 0) {
                return new Fault(file, i + 1, column, reason, hint);
            }
        }
        return new Fault(file, 0, 0, reason, hint);
    }

    private static List<String> lines(String file) {
        try {
            return Files.readAllLines(Path.of(file));
        } catch (IOException e) {
            // The place in the file is a courtesy; the fault is told without it.
            return List.of();
        }
    }

    /** Returns where the line says {@code id = …}, plain or quoted; 0 where it does not. */
    private static int columnOfKey(String line, String id) {
        int at = 0;
        while (at < line.length() && Character.isWhitespace(line.charAt(at))) {
            at++;
        }
        boolean quoted = at < line.length() && (line.charAt(at) == '"' || line.charAt(at) == '\'');
        int name = quoted ? at + 1 : at;
        if (!line.startsWith(id, name)) {
            return 0;
        }
        int end = Math.min(line.length(), name + id.length() + (quoted ? 1 : 0));
        return line.substring(end).stripLeading().startsWith("=") ? at + 1 : 0;
    }
}

package io.ggen.marketplace.core.install.project;

import io.ggen.base.Bytes;
import io.ggen.marketplace.core.store.StorageFailure;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.Fault;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.PublisherRef;
import io.ggen.marketplace.model.Requirement;
import io.ggen.marketplace.model.Requirements;
import io.ggen.marketplace.model.TomlDocument;
import io.ggen.marketplace.model.VersionRange;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a project asks for, and the text that says so.
 *
 * @param file names it in errors
 * @param text as written, comments included
 * @param name of the project; empty where it has none
 * @param requirements each id once, in the order written
 */
public record ProjectManifest(
        String file, String text, String name, List<Requirement> requirements) {
    /** The name of the file. */
    public static final String NAME = "ggen.toml";

    /** Copies the list. */
    public ProjectManifest {
        requirements = List.copyOf(requirements);
    }

    /** Returns the nearest folder, {@code start} or above it, that holds a project manifest. */
    public static Optional<Path> find(Path start) {
        for (Path folder = start.toAbsolutePath().normalize();
                folder != null;
                folder = folder.getParent()) {
            if (Files.isRegularFile(folder.resolve(NAME))) {
                return Optional.of(folder);
            }
        }
        return Optional.empty();
    }

    /** Returns the text of a new project's manifest. */
    public static String initial(String name) {
        return "[project]\nname = " + TomlLines.quote(name) + "\n\n[dependencies]\n";
    }

    /** Reads {@code file}; throws VALIDATION with line and column, or STORAGE. */
    public static ProjectManifest read(Path file) {
        return parse(
                file.toString(),
                readText(file)
                        .orElseThrow(() ->
                                new MarketplaceException(
                                        ErrorCode.VALIDATION,
                                        "There is no " + file,
                                        "`ggen m init` makes one.")));
    }

    /** Returns the file's text, or empty where it is missing. */
    public static Optional<String> readText(Path file) {
        try {
            return Optional.of(Bytes.wrap(Files.readAllBytes(file)).utf8());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw StorageFailure.of("read " + file, e);
        }
    }

    /** Reads a text; throws VALIDATION that lists all faults with line and column. */
    public static ProjectManifest parse(String file, String text) {
        TomlDocument document = TomlDocument.parse(file, text);
        String name =
                document.has(List.of("project", "name"))
                        ? document.text(List.of("project", "name")).orElse("")
                        : "";
        List<Requirement> requirements =
                new ArrayList<>(Requirements.read(document, "dependencies", false));
        requirements.addAll(Requirements.read(document, "optional-dependencies", true));
        Set<PackageId> ids = new HashSet<>();
        for (Requirement one : requirements) {
            if (!ids.add(one.id())) {
                document.fault(
                        List.of("optional-dependencies", one.id().text()),
                        one.id() + " is a dependency already",
                        "keep one of the two entries");
            }
        }
        if (!document.isSound()) {
            throw Fault.asError("The project manifest cannot be used:", document.faults());
        }
        return new ProjectManifest(file, text, name, requirements);
    }

    /** Returns the requirement of that id. */
    public Optional<Requirement> requirement(PackageId id) {
        return requirements.stream().filter(one -> one.id().equals(id)).findFirst();
    }

    /**
     * Returns this manifest with {@code id} asked for by {@code range}; all else stays as written.
     *
     * @throws MarketplaceException VALIDATION where the text is written in a way that cannot be
     *     edited safely
     */
    public ProjectManifest with(PackageId id, VersionRange range, PublisherRef publisher) {
        String value =
                publisher.toString().isEmpty()
                        ? TomlLines.quote(range.toString())
                        : "{ version = "
                                + TomlLines.quote(range.toString())
                                + ", publisher = "
                                + TomlLines.quote(publisher.toString())
                                + " }";
        String table =
                requirement(id).map(Requirement::optional).orElse(false)
                        ? "optional-dependencies"
                        : "dependencies";
        ProjectManifest edited = reparse(TomlLines.put(text, table, id.text(), value), id);
        boolean done =
                edited.requirement(id)
                        .filter(one -> one.range().equals(range))
                        .filter(one -> one.publisher().equals(publisher))
                        .isPresent();
        return confirmed(edited, done, id);
    }

    /** Returns this manifest without {@code id}; all else stays as written; throws as above. */
    public ProjectManifest without(PackageId id) {
        String rest = TomlLines.remove(text, "dependencies", id.text());
        rest = TomlLines.remove(rest, "optional-dependencies", id.text());
        ProjectManifest edited = reparse(rest, id);
        return confirmed(edited, edited.requirement(id).isEmpty(), id);
    }

    private ProjectManifest reparse(String edited, PackageId id) {
        try {
            return parse(file, edited);
        } catch (MarketplaceException e) {
            throw byHand(id).causedBy(e);
        }
    }

    /** Makes sure that the edit did what it should and nothing else. */
    private ProjectManifest confirmed(ProjectManifest edited, boolean done, PackageId id) {
        if (!done || !others(this, id).equals(others(edited, id))) {
            throw byHand(id);
        }
        return edited;
    }

    private static List<Requirement> others(ProjectManifest manifest, PackageId id) {
        return manifest.requirements.stream().filter(one -> !one.id().equals(id)).toList();
    }

    private MarketplaceException byHand(PackageId id) {
        return new MarketplaceException(
                ErrorCode.VALIDATION,
                "Cannot edit "
                        + file
                        + " for "
                        + id
                        + ": its dependencies are written in a form that is not edited here.",
                "Write them as `\"id\" = \"range\"`, one on each line below [dependencies], or edit"
                        + " the file by hand and run `ggen m install`.");
    }
}

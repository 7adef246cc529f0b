package io.ggen.marketplace.core.imports;

import io.ggen.base.Bytes;
import io.ggen.marketplace.core.imports.Candidate.Promise;
import io.ggen.marketplace.model.Fault;
import io.ggen.marketplace.model.JsonFault;
import io.ggen.marketplace.model.JsonObject;
import io.ggen.marketplace.model.TomlDocument;
import io.ggen.marketplace.model.Utf8;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** Reads the indexes of other marketplaces; one bad entry stands for itself. Blocks on I/O. */
final class Indexes {
    private static final long MAX_INDEX = 64L * 1024 * 1024;
    private static final String NOT_HERE = "its content is not beside the index";
    private static final String FETCH =
            "fetch its files into packages/NAME beside the index, or import its directory";

    private final Path file;
    private final String shown;
    private final Places places;

    /**
     * Makes a reader.
     *
     * @param shown what the file is called in faults
     */
    Indexes(Path file, String shown) {
        this.file = file;
        this.shown = shown;
        Path folder = file.toAbsolutePath().getParent();
        this.places = new Places(folder == null ? file.toAbsolutePath() : folder);
    }

    /** Returns the entries in the order of the index. */
    List<Candidate> read(ImportFormat format) throws IOException {
        if (Files.size(file) > MAX_INDEX) {
            return refused(0, 0, "an index of more than 64 MiB", "import its parts one by one");
        }
        try {
            String text = Utf8.decode(Bytes.wrap(Files.readAllBytes(file)));
            return String.valueOf(file.getFileName()).endsWith(".toml")
                    ? toml(TomlDocument.parse(shown, text))
                    : json(JsonObject.parse(text), format);
        } catch (JsonFault e) {
            return refused(e.line(), e.column(), "no JSON: " + e.getMessage(), "mend this place");
        } catch (IllegalArgumentException e) {
            return refused(1, 1, Ids.reason(e), "mend this file, or fetch it again");
        }
    }

    private List<Candidate> refused(int line, int column, String reason, String hint) {
        return List.of(new Candidate.Refused(new Fault(shown, line, column, reason, hint)));
    }

    private List<Candidate> json(JsonObject root, ImportFormat format) {
        if (root.has("packs") && format != ImportFormat.INDEX_JSON) {
            return members(root.object("packs"), this::pack);
        }
        if (root.isList("packages")) {
            return listed(root);
        }
        return members(root.object("packages"), this::seed);
    }

    private List<Candidate> toml(TomlDocument document) {
        List<Candidate> candidates = new ArrayList<>();
        for (Fault fault : document.faults()) {
            candidates.add(new Candidate.Refused(fault));
        }
        for (int i = 0; document.isSound() && i < document.tables("package"); i++) {
            Fault at = document.at("package", i, "", "");
            candidates.add(
                    folder(
                            new Place(at.file(), at.line(), at.column()),
                            document.text("package", i, "name").orElse(""),
                            document.text("package", i, "version").orElse(""),
                            document.text("package", i, "path").orElse("")));
        }
        return candidates;
    }

    private List<Candidate> listed(JsonObject root) {
        List<Candidate> candidates = new ArrayList<>();
        for (JsonObject entry : root.objects("packages")) {
            candidates.addAll(
                    guarded(
                            place(entry),
                            () ->
                                    List.of(
                                            folder(
                                                    place(entry),
                                                    entry.text("name"),
                                                    entry.text("version"),
                                                    entry.optionalText("path").orElse("")))));
        }
        return candidates;
    }

    private List<Candidate> members(
            Optional<JsonObject> object, BiFunction<String, JsonObject, List<Candidate>> read) {
        List<Candidate> candidates = new ArrayList<>();
        JsonObject members =
                object.orElseThrow(
                        () -> new IllegalArgumentException("neither packages nor packs in it"));
        for (String name : members.names()) {
            candidates.addAll(
                    guarded(
                            place(members),
                            () ->
                                    read.apply(
                                            name,
                                            members.object(name)
                                                    .orElseThrow(IllegalArgumentException::new))));
        }
        return candidates;
    }

    private List<Candidate> pack(String name, JsonObject pack) {
        return List.of(
                folder(
                        place(pack),
                        pack.optionalText("id").orElse(name),
                        pack.optionalText("latest_version").orElse(""),
                        "packs/" + name));
    }

    private Candidate folder(Place place, String name, String version, String path) {
        Optional<Path> directory = places.directory(path, name);
        Optional<Path> manifest = directory.flatMap(Places::manifest);
        if (directory.isEmpty() || manifest.isEmpty()) {
            return new Candidate.Refused(place.fault(NOT_HERE, FETCH));
        }
        return new Candidate.Folder(
                place, directory.get(), manifest.get(), Optional.of(new Promise(name, version)));
    }

    private List<Candidate> seed(String name, JsonObject entry) {
        List<Candidate> candidates = new ArrayList<>();
        for (JsonObject version : entry.objects("versions")) {
            candidates.addAll(
                    guarded(place(version), () -> List.of(archive(name, entry, version))));
        }
        return candidates;
    }

    private Candidate archive(String name, JsonObject entry, JsonObject version) {
        SeedVersion read = SeedVersion.read(entry, version);
        if (!read.manifest().id().text().equals(name)) {
            throw new IllegalArgumentException("it is filed under another name than its own");
        }
        String url = version.withoutNulls().optionalText("download_url").orElse("");
        return located(url)
                .or(() -> places.inside(standard(read)))
                .filter(Files::isRegularFile)
                .<Candidate>map(archive -> new Candidate.Archive(place(version), archive, read))
                .orElseGet(() -> new Candidate.Refused(place(version).fault(NOT_HERE, FETCH)));
    }

    private Optional<Path> located(String url) {
        if (!url.startsWith("file:")) {
            return places.inside(url);
        }
        try {
            return places.inside(places.relative(Path.of(URI.create(url))));
        } catch (IllegalArgumentException | java.nio.file.FileSystemNotFoundException e) {
            return Optional.empty();
        }
    }

    private static String standard(SeedVersion read) {
        var id = read.manifest().id();
        var version = read.manifest().version();
        return id.folder() + "/" + version + "/" + id.name() + "-" + version + ".tar.gz";
    }

    private Place place(JsonObject object) {
        return new Place(shown, object.line(), object.column());
    }

    private interface Reading {
        List<Candidate> read();
    }

    private static List<Candidate> guarded(Place place, Reading reading) {
        try {
            return reading.read();
        } catch (IllegalArgumentException e) {
            return List.of(
                    new Candidate.Refused(
                            place.fault(
                                    "the entry is malformed: " + Ids.reason(e),
                                    "mend this entry of the index")));
        }
    }
}

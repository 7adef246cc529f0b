package io.ggen.marketplace.core.imports;

import io.ggen.base.Bytes;
import io.ggen.content.ContentException;
import io.ggen.content.FileTree;
import io.ggen.marketplace.core.Progress;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.Fault;
import io.ggen.marketplace.model.Manifest;
import io.ggen.marketplace.model.ManifestReading;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.TomlDocument;
import io.ggen.marketplace.model.Utf8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Brings packages of other marketplaces into a registry: what is sound is published, what is not is
 * reported with file, line and reason, and neither stops the other. Doing it again changes nothing.
 * For one thread; blocks on I/O.
 */
public final class Importer {
    private static final List<String> INDEXES =
            List.of("index.json", "registry-index.json", "packages.toml", "packs-index.json");
    private static final Set<ErrorCode> FATAL =
            EnumSet.of(
                    ErrorCode.STORAGE,
                    ErrorCode.INSUFFICIENT_SPACE,
                    ErrorCode.LOCK_TIMEOUT,
                    ErrorCode.PERMISSION_DENIED,
                    ErrorCode.INTERNAL);

    private final ImportTarget target;
    private final Progress progress;
    private final List<ImportOutcome.Entry> imported = new ArrayList<>();
    private final List<ImportOutcome.Entry> unchanged = new ArrayList<>();
    private final List<Fault> rejected = new ArrayList<>();
    private final List<Fault> notes = new ArrayList<>();
    private final Map<Path, TomlDocument> manifests = new HashMap<>();

    private Importer(ImportTarget target, Progress progress) {
        this.target = target;
        this.progress = progress;
    }

    /**
     * Imports what is at {@code source}.
     *
     * @throws MarketplaceException VALIDATION where there is nothing to import, STORAGE where it
     *     cannot be read or the registry cannot be written
     */
    public static ImportOutcome run(
            Path source, ImportFormat format, ImportTarget target, Progress progress) {
        return run(source, source.toString(), format, target, progress);
    }

    /** Imports what is at {@code source}, an index that is called {@code shown} in messages. */
    public static ImportOutcome run(
            Path source,
            String shown,
            ImportFormat format,
            ImportTarget target,
            Progress progress) {
        try {
            return new Importer(target, progress).run(candidates(source, shown, format));
        } catch (IOException e) {
            throw new MarketplaceException(
                            ErrorCode.STORAGE,
                            "cannot read " + source + ": " + e.getMessage(),
                            "check that it exists and can be read")
                    .causedBy(e);
        }
    }

    private static List<Candidate> candidates(Path source, String shown, ImportFormat format)
            throws IOException {
        List<Candidate> candidates = new ArrayList<>();
        if (Files.isRegularFile(source)) {
            candidates.addAll(new Indexes(source, shown).read(format));
        } else if (Files.isDirectory(source)) {
            candidates.addAll(Folders.below(source));
            for (String name : candidates.isEmpty() ? INDEXES : List.<String>of()) {
                Path index = source.resolve(name);
                if (Files.isRegularFile(index)) {
                    candidates.addAll(new Indexes(index, index.toString()).read(format));
                }
            }
        }
        if (candidates.isEmpty()) {
            throw new MarketplaceException(
                    ErrorCode.VALIDATION,
                    "there is nothing to import in " + shown,
                    "give a directory with a package.toml in it or below it, or one of "
                            + String.join(", ", INDEXES));
        }
        return candidates;
    }

    private ImportOutcome run(List<Candidate> candidates) {
        Neighbours neighbours = neighbours(candidates);
        try (Progress.Task task = progress.start("Importing", candidates.size())) {
            for (Candidate candidate : candidates) {
                take(candidate, neighbours);
                task.advance(1);
            }
        }
        return new ImportOutcome(imported, unchanged, rejected, notes);
    }

    private Neighbours neighbours(List<Candidate> candidates) {
        Set<PackageId> packages = new HashSet<>();
        Set<String> crates = new HashSet<>();
        for (Candidate candidate : candidates) {
            switch (candidate) {
                case Candidate.Folder folder -> {
                    TomlDocument document = document(folder);
                    ForeignManifest.id(document, name(folder)).ifPresent(packages::add);
                    crates.addAll(ForeignDependencies.crates(document));
                }
                case Candidate.Archive archive -> packages.add(archive.version().manifest().id());
                case Candidate.Refused refused -> {}
            }
        }
        return new Neighbours(packages, crates);
    }

    private void take(Candidate candidate, Neighbours neighbours) {
        switch (candidate) {
            case Candidate.Folder folder -> take(folder, neighbours);
            case Candidate.Archive archive -> take(archive);
            case Candidate.Refused refused -> rejected.add(refused.fault());
        }
    }

    private void take(Candidate.Folder folder, Neighbours neighbours) {
        switch (ForeignManifest.read(document(folder), name(folder), neighbours)) {
            case ManifestReading.Faulty faulty -> rejected.add(together(faulty.faults()));
            case ManifestReading.Sound sound -> {
                Optional<String> broken = broken(folder, sound.manifest());
                if (broken.isPresent()) {
                    rejected.add(
                            folder.place()
                                    .fault(
                                            broken.get(),
                                            "make the index and "
                                                    + folder.manifest()
                                                    + " say the same"));
                    return;
                }
                if (publish(
                        folder.place(),
                        sound.manifest(),
                        () ->
                                target.publish(
                                        sound.manifest(), folder.directory(), folder.manifest()))) {
                    notes.addAll(sound.warnings());
                }
            }
        }
    }

    /** Returns one fault for one entry: at the first place, with the reasons at all of them. */
    private static Fault together(List<Fault> faults) {
        Fault first = faults.getFirst();
        var reason = new StringBuilder(first.reason());
        for (Fault fault : faults.subList(1, faults.size())) {
            reason.append("; line ").append(fault.line()).append(": ").append(fault.reason());
        }
        return new Fault(
                first.file(), first.line(), first.column(), reason.toString(), first.hint());
    }

    /** Returns in what the directory is another package than an index promises. */
    private static Optional<String> broken(Candidate.Folder folder, Manifest manifest) {
        return folder.promised()
                .flatMap(promise -> {
                    boolean sameName =
                            Ids.parse(promise.name()).isEmpty()
                                    || promise.name().equals(manifest.id().text());
                    boolean sameVersion =
                            promise.version().isEmpty()
                                    || promise.version().equals(manifest.version().toString());
                    return sameName && sameVersion
                            ? Optional.empty()
                            : Optional.of(
                                    "the index says "
                                            + promise.name()
                                            + "@"
                                            + promise.version()
                                            + ", the manifest "
                                            + manifest.id()
                                            + "@"
                                            + manifest.version());
                });
    }

    private void take(Candidate.Archive archive) {
        Manifest manifest = archive.version().manifest();
        try {
            FileTree files = Archives.read(archive);
            publish(
                    archive.place(),
                    manifest,
                    () -> target.publish(manifest, files, archive.file()));
        } catch (ContentException | IllegalArgumentException e) {
            rejected.add(
                    archive.place()
                            .fault(
                                    String.valueOf(e.getMessage()),
                                    "fetch the archive again; do not use this one"));
        } catch (IOException e) {
            rejected.add(
                    archive.place()
                            .fault(
                                    "the archive cannot be read: " + e.getMessage(),
                                    "check that " + archive.file() + " can be read"));
        }
    }

    private interface Publishing {
        Landing publish();
    }

    private boolean publish(Place place, Manifest manifest, Publishing publishing) {
        try {
            var entry = new ImportOutcome.Entry(manifest.id(), manifest.version(), place.file());
            return switch (publishing.publish()) {
                case Landing.Created created -> imported.add(entry);
                case Landing.Unchanged same -> !unchanged.add(entry);
                case Landing.Refused refused -> !rejected.add(together(refused.faults()));
            };
        } catch (MarketplaceException e) {
            if (FATAL.contains(e.code())) {
                throw e;
            }
            rejected.add(place.fault(String.valueOf(e.getMessage()), e.hint()));
        } catch (ContentException e) {
            rejected.add(place.fault(String.valueOf(e.getMessage()), "mend or remove this file"));
        }
        return false;
    }

    private TomlDocument document(Candidate.Folder folder) {
        return manifests.computeIfAbsent(folder.manifest(), Importer::parse);
    }

    private static TomlDocument parse(Path manifest) {
        try {
            if (Files.size(manifest) > 4L * TomlDocument.MAX_LENGTH) {
                return TomlDocument.broken(
                        manifest.toString(), "a manifest of over 1 MiB", "shorten it");
            }
            return TomlDocument.parse(
                    manifest.toString(), Utf8.decode(Bytes.wrap(Files.readAllBytes(manifest))));
        } catch (IOException | IllegalArgumentException e) {
            return TomlDocument.broken(
                    manifest.toString(), "cannot be read: " + e.getMessage(), "save it as UTF-8");
        }
    }

    private static String name(Candidate.Folder folder) {
        return String.valueOf(folder.directory().toAbsolutePath().normalize().getFileName());
    }
}

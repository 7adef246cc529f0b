package io.ggen.marketplace.core.publish;

import io.ggen.base.Bytes;
import io.ggen.content.BlockSink;
import io.ggen.content.ContentHasher;
import io.ggen.content.FileTree;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.Fault;
import io.ggen.marketplace.model.Manifest;
import io.ggen.marketplace.model.ManifestParser;
import io.ggen.marketplace.model.ManifestReading;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.model.Version;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks at a folder as a package: manifest, files, secrets, sizes, identity. Blocks on I/O; writes
 * nothing.
 */
public final class Planner {
    private static final int MAX_MANIFEST = 1 << 20;

    private Planner() {}

    /**
     * How to look.
     *
     * @param version instead of the manifest's
     * @param allowSecrets whether what looks like a secret is a warning alone
     */
    public record Options(Optional<Version> version, boolean allowSecrets, PublishLimits limits) {
        /** Returns the options of somebody who asks for nothing special. */
        public static Options standard() {
            return new Options(Optional.empty(), false, PublishLimits.standard());
        }
    }

    /** Looks at the package in {@code directory}; throws STORAGE where it cannot be read. */
    public static Planning plan(Path directory, Options options) {
        try {
            Optional<Path> file = manifestIn(directory);
            return file.isEmpty()
                    ? new Planning.Faulty(directory, List.of(missing(directory)))
                    : plan(directory, file.get(), options);
        } catch (IOException e) {
            throw unreadable(directory, e);
        }
    }

    /**
     * Looks at the package in {@code directory} with a manifest that was read elsewhere; throws
     * STORAGE where it cannot be read.
     *
     * @param file the manifest's file, which belongs to the package in any case
     */
    public static Planning plan(Path directory, Path file, Manifest manifest, Options options) {
        try {
            return new Examination(directory, file, manifest, List.of()).run(options);
        } catch (IOException e) {
            throw unreadable(directory, e);
        }
    }

    private static MarketplaceException unreadable(Path directory, IOException e) {
        return new MarketplaceException(
                        ErrorCode.STORAGE,
                        "cannot read the package in " + directory + ": " + reason(e),
                        "check that its files are yours to read and that nothing writes to"
                                + " them, then try again")
                .causedBy(e);
    }

    private static Planning plan(Path directory, Path file, Options options) throws IOException {
        ManifestReading reading = ManifestParser.parse(file.toString(), read(file));
        if (reading instanceof ManifestReading.Faulty faulty) {
            return new Planning.Faulty(directory, faulty.faults());
        }
        var sound = (ManifestReading.Sound) reading;
        Manifest manifest = sound.manifest();
        if (options.version().isPresent()) {
            manifest = manifest.withVersion(options.version().get());
        }
        return new Examination(directory, file, manifest, sound.warnings()).run(options);
    }

    /** One package under examination. */
    private record Examination(
            Path directory, Path file, Manifest manifest, List<Fault> readingWarnings) {
        Planning run(Options options) throws IOException {
            var found =
                    PackageScanner.scan(
                            directory,
                            String.valueOf(file.getFileName()),
                            manifest,
                            options.limits());
            List<Fault> secrets = SecretsGuard.scan(found.entries());
            List<Fault> faults = new ArrayList<>(found.faults());
            List<Fault> warnings = new ArrayList<>(readingWarnings);
            (options.allowSecrets() ? warnings : faults).addAll(secrets);
            if (!manifest.version().build().isEmpty()) {
                faults.add(buildMetadata());
            }
            if (!faults.isEmpty()) {
                return new Planning.Faulty(directory, faults);
            }
            FileTree tree = FileTree.of(found.entries());
            var digest = ContentHasher.digest(tree, BlockSink.discard());
            return new Planning.Sound(
                    new PublishPlan(directory, file.toString(), manifest, tree, digest, warnings));
        }

        private Fault buildMetadata() {
            return new Fault(
                    file.toString(),
                    0,
                    0,
                    "build metadata is not published",
                    "drop +" + manifest.version().build() + " from the version");
        }
    }

    private static Optional<Path> manifestIn(Path directory) {
        for (String name : Manifest.FILES) {
            Path file = directory.resolve(name);
            if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    private static Bytes read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] bytes = in.readNBytes(MAX_MANIFEST + 1);
            if (bytes.length > MAX_MANIFEST) {
                throw new IOException(file + " is too large for a manifest");
            }
            return Bytes.wrap(bytes);
        }
    }

    private static Fault missing(Path directory) {
        return new Fault(
                directory.toString(),
                0,
                0,
                Files.isDirectory(directory)
                        ? "there is no package.toml"
                        : "there is no such folder",
                "a package is a folder with a package.toml: [package], name = \"…\", version ="
                        + " \"1.0.0\"");
    }

    private static String reason(IOException e) {
        return e.getClass().getSimpleName() + ": " + e.getMessage();
    }
}

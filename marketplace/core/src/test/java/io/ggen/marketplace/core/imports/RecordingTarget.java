package io.ggen.marketplace.core.imports;

import io.ggen.content.FileTree;
import io.ggen.content.PathFilter;
import io.ggen.marketplace.core.SamplePackage;
import io.ggen.marketplace.core.TestPublisher;
import io.ggen.marketplace.model.Content;
import io.ggen.marketplace.model.Dependency;
import io.ggen.marketplace.model.Did;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.Manifest;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.model.Origin;
import io.ggen.marketplace.model.Release;
import io.ggen.marketplace.model.ReleaseCodec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Keeps what an importer publishes, and refuses what could not be signed. */
final class RecordingTarget implements ImportTarget {
    private static final Did IMPORTER = TestPublisher.number(1).did();

    final Map<String, Manifest> manifests = new TreeMap<>();
    private final Map<String, Content> contents = new TreeMap<>();

    @Override
    public Landing publish(Manifest manifest, Path directory, Path manifestFile) {
        try {
            return publish(
                    manifest, FileTree.scan(directory, PathFilter.everything()), manifestFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Landing publish(Manifest manifest, FileTree files, Path archive) {
        Content content = SamplePackage.content(files);
        Release release = release(manifest, content);
        ReleaseCodec.encode(release);
        String name = manifest.id() + "@" + manifest.version();
        Content before = contents.putIfAbsent(name, content);
        manifests.put(name, manifest);
        if (before != null && !before.equals(content)) {
            throw new MarketplaceException(
                    ErrorCode.ALREADY_EXISTS, "other content is there", "raise the version");
        }
        return before == null ? new Landing.Created() : new Landing.Unchanged();
    }

    private static Release release(Manifest manifest, Content content) {
        List<Dependency> dependencies =
                manifest.dependencies().stream()
                        .map(r ->
                                new Dependency(
                                        r.id(), r.range(), Optional.of(IMPORTER), r.optional()))
                        .toList();
        return new Release(
                Optional.of(new Origin(IMPORTER, "0".repeat(16), 1, Optional.empty())),
                manifest.id(),
                manifest.version(),
                Instant.EPOCH,
                manifest.about(),
                dependencies,
                content);
    }
}

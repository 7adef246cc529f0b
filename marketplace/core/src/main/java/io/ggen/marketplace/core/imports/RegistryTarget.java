package io.ggen.marketplace.core.imports;

import io.ggen.content.BlockSink;
import io.ggen.content.ContentHasher;
import io.ggen.content.FileTree;
import io.ggen.marketplace.core.publish.PackageSender;
import io.ggen.marketplace.core.publish.Planner;
import io.ggen.marketplace.core.publish.Planning;
import io.ggen.marketplace.core.publish.PublishOutcome;
import io.ggen.marketplace.core.publish.PublishPlan;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.Manifest;
import io.ggen.marketplace.model.MarketplaceException;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Publishes imported packages with the importer's key and remembers where each came from. Closing
 * it writes the log; the sender stays open. For one thread.
 */
public final class RegistryTarget implements ImportTarget, AutoCloseable {
    private final PackageSender sender;
    private final ImportLog log;
    private final List<ImportLog.Line> lines = new ArrayList<>();

    /** Makes a target that sends through {@code sender}. */
    public RegistryTarget(PackageSender sender, ImportLog log) {
        this.sender = sender;
        this.log = log;
    }

    @Override
    public Landing publish(Manifest manifest, Path directory, Path manifestFile) {
        Planning planning =
                Planner.plan(directory, manifestFile, manifest, Planner.Options.standard());
        return switch (planning) {
            case Planning.Sound sound -> send(sound.plan(), directory);
            case Planning.Faulty faulty -> new Landing.Refused(faulty.faults());
        };
    }

    @Override
    public Landing publish(Manifest manifest, FileTree files, Path archive) {
        try {
            var digest = ContentHasher.digest(files, BlockSink.discard());
            return send(
                    new PublishPlan(
                            archive, archive.toString(), manifest, files, digest, List.of()),
                    archive);
        } catch (IOException e) {
            throw unwritable("cannot read " + archive, e);
        }
    }

    private Landing send(PublishPlan plan, Path source) {
        PublishOutcome.Published published = sender.send(plan);
        if (published.created()) {
            published
                    .envelope()
                    .ifPresent(envelope ->
                            lines.add(
                                    new ImportLog.Line(
                                            envelope.recordId(),
                                            plan.toString(),
                                            source.toString())));
        }
        return published.created() ? new Landing.Created() : new Landing.Unchanged();
    }

    @Override
    public void close() {
        try {
            log.append(lines);
        } catch (IOException e) {
            throw unwritable("cannot note where the imported packages came from", e);
        }
    }

    private static MarketplaceException unwritable(String what, IOException cause) {
        return new MarketplaceException(
                        ErrorCode.STORAGE,
                        what + ": " + cause.getMessage(),
                        "check that the folder is yours and has room, then import again")
                .causedBy(cause);
    }
}

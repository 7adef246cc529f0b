package io.ggen.marketplace.core.publish;

import io.ggen.content.BlockSink;
import io.ggen.content.ContentHasher;
import io.ggen.content.FileTree;
import io.ggen.marketplace.core.Publication;
import io.ggen.marketplace.core.Registry;
import io.ggen.marketplace.core.imports.ImportTarget;
import io.ggen.marketplace.core.keys.Chain;
import io.ggen.marketplace.core.keys.KeyStore;
import io.ggen.marketplace.core.keys.SigningKey;
import io.ggen.marketplace.model.Dependency;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.Fault;
import io.ggen.marketplace.model.Manifest;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.model.Requirement;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Publishes what an importer hands over, signed by one key, which is the publisher of every
 * dependency too. Holds the key's chain until it is closed; for one thread.
 */
public final class ImportPublishing implements ImportTarget, AutoCloseable {
    private final SigningKey key;
    private final Chain chain;
    private final Sending sending;

    /** Opens the chain of {@code key} for imports into {@code registry}. */
    public ImportPublishing(KeyStore keys, SigningKey key, Registry registry, InstantSource clock) {
        this.key = key;
        this.chain = keys.chain(key);
        this.sending = new Sending(registry, chain, clock);
    }

    @Override
    public Publication publish(Manifest manifest, Path directory) {
        try {
            String file = manifestFile(directory);
            var found = PackageScanner.scan(directory, file, manifest, PublishLimits.standard());
            List<Fault> faults = new ArrayList<>(found.faults());
            faults.addAll(SecretsGuard.scan(found.entries()));
            if (!faults.isEmpty()) {
                throw Fault.asError("the package in " + directory + " is not taken:", faults);
            }
            return publish(manifest, directory, FileTree.of(found.entries()));
        } catch (IOException e) {
            throw unreadable(directory.toString(), e);
        }
    }

    @Override
    public Publication publish(Manifest manifest, FileTree files) {
        try {
            return publish(manifest, Path.of(manifest.id().text()), files);
        } catch (IOException e) {
            throw unreadable(manifest.id().text(), e);
        }
    }

    private Publication publish(Manifest manifest, Path directory, FileTree files)
            throws IOException {
        var digest = ContentHasher.digest(files, BlockSink.discard());
        var plan =
                new PublishPlan(
                        directory, directory.toString(), manifest, files, digest, List.of());
        return sending.sendOnce(plan, dependencies(manifest)).publication();
    }

    private List<Dependency> dependencies(Manifest manifest) {
        List<Dependency> dependencies = new ArrayList<>();
        for (Requirement one : manifest.dependencies()) {
            dependencies.add(
                    new Dependency(one.id(), one.range(), Optional.of(key.did()), one.optional()));
        }
        return dependencies;
    }

    private static String manifestFile(Path directory) {
        for (String name : Manifest.FILES) {
            if (Files.isRegularFile(directory.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
                return name;
            }
        }
        return Manifest.FILES.getFirst();
    }

    private static MarketplaceException unreadable(String what, IOException e) {
        return new MarketplaceException(
                        ErrorCode.STORAGE,
                        "cannot read " + what + ": " + e.getMessage(),
                        "check that its files can be read, then import again")
                .causedBy(e);
    }

    @Override
    public void close() {
        chain.close();
    }
}

package io.ggen.marketplace.core.publish;

import io.ggen.marketplace.core.Listing;
import io.ggen.marketplace.core.PackageSource;
import io.ggen.marketplace.core.Publication;
import io.ggen.marketplace.core.Registry;
import io.ggen.marketplace.core.RegistryMetadata;
import io.ggen.marketplace.core.SearchResults;
import io.ggen.marketplace.core.VersionListing;
import io.ggen.marketplace.model.Did;
import io.ggen.marketplace.model.Envelope;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.PackageRef;
import io.ggen.marketplace.model.Query;
import io.ggen.marketplace.model.Version;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A registry that reads well but loses what is published, as a network does. */
final class FailingRegistry implements Registry {
    final List<Envelope> received = new ArrayList<>();
    boolean failing = true;
    long lastSequence;
    private final Registry inner;

    FailingRegistry(Registry inner) {
        this.inner = inner;
    }

    @Override
    public Publication publish(Envelope release, PackageSource content) {
        received.add(release);
        if (failing) {
            throw new MarketplaceException(ErrorCode.NETWORK, "nobody answers", "try again");
        }
        return inner.publish(release, content);
    }

    @Override
    public long lastSequence(Did publisher, String chain) {
        return lastSequence;
    }

    @Override
    public SearchResults search(Query query) {
        return inner.search(query);
    }

    @Override
    public Optional<Listing> getPackage(PackageRef ref) {
        return inner.getPackage(ref);
    }

    @Override
    public Optional<Listing> getPackageVersion(PackageRef ref, Version version) {
        return inner.getPackageVersion(ref, version);
    }

    @Override
    public List<VersionListing> listVersions(PackageRef ref) {
        return inner.listVersions(ref);
    }

    @Override
    public void yank(Envelope yank) {
        inner.yank(yank);
    }

    @Override
    public void delete(PackageRef ref, Version version) {
        inner.delete(ref, version);
    }

    @Override
    public List<PackageId> similar(PackageId id, int most) {
        return inner.similar(id, most);
    }

    @Override
    public boolean exists(PackageRef ref) {
        return inner.exists(ref);
    }

    @Override
    public RegistryMetadata metadata() {
        return inner.metadata();
    }

    @Override
    public InputStream open(Listing listing) {
        return inner.open(listing);
    }

    @Override
    public void close() {
        inner.close();
    }
}

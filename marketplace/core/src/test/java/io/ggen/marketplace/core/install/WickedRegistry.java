package io.ggen.marketplace.core.install;

import io.ggen.base.Bytes;
import io.ggen.marketplace.core.Listing;
import io.ggen.marketplace.core.PackageSource;
import io.ggen.marketplace.core.Publication;
import io.ggen.marketplace.core.Registry;
import io.ggen.marketplace.core.RegistryMetadata;
import io.ggen.marketplace.core.SearchResults;
import io.ggen.marketplace.core.VersionListing;
import io.ggen.marketplace.model.Envelope;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.PackageRef;
import io.ggen.marketplace.model.Query;
import io.ggen.marketplace.model.Version;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** An honest registry whose answers can be changed on their way. */
final class WickedRegistry implements Registry {
    private final Registry honest;
    UnaryOperator<Listing> listings = UnaryOperator.identity();
    UnaryOperator<Bytes> contents = UnaryOperator.identity();

    WickedRegistry(Registry honest) {
        this.honest = honest;
    }

    @Override
    public SearchResults search(Query query) {
        return honest.search(query);
    }

    @Override
    public Optional<Listing> getPackage(PackageRef ref) {
        return honest.getPackage(ref).map(listings);
    }

    @Override
    public Optional<Listing> getPackageVersion(PackageRef ref, Version version) {
        return honest.getPackageVersion(ref, version).map(listings);
    }

    @Override
    public List<VersionListing> listVersions(PackageRef ref) {
        return honest.listVersions(ref);
    }

    @Override
    public Publication publish(Envelope release, PackageSource content) {
        return honest.publish(release, content);
    }

    @Override
    public void yank(Envelope yank) {
        honest.yank(yank);
    }

    @Override
    public void delete(PackageRef ref, Version version) {
        honest.delete(ref, version);
    }

    @Override
    public List<PackageId> similar(PackageId id, int most) {
        return honest.similar(id, most);
    }

    @Override
    public boolean exists(PackageRef ref) {
        return honest.exists(ref);
    }

    @Override
    public RegistryMetadata metadata() {
        return honest.metadata();
    }

    @Override
    public InputStream open(Listing listing) {
        try (InputStream in = honest.open(listing)) {
            return contents.apply(Bytes.wrap(in.readAllBytes())).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        honest.close();
    }
}

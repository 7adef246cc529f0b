package io.ggen.marketplace.core;

import io.ggen.marketplace.model.Did;
import io.ggen.marketplace.model.Envelope;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.PackageRef;
import io.ggen.marketplace.model.Query;
import io.ggen.marketplace.model.Version;

import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Whoever keeps packages: a directory, a network, a web server. Blocking and thread-safe.
 *
 * <p>Every operation that takes a {@link PackageRef} without a publisher throws AMBIGUOUS_NAME
 * where several publishers claim the id. Every operation may throw a {@link
 * io.ggen.marketplace.model.MarketplaceException} with STORAGE, SERIALIZATION, NETWORK or TIMEOUT,
 * but for {@link #metadata()}.
 */
public interface Registry extends AutoCloseable {
    /**
     * Searches: sorted by relevance, at most {@code query.limit()} rows, one for each publisher and
     * id.
     */
    SearchResults search(Query query);

    /** Returns the newest version that is not yanked, a release before any pre-release. */
    Optional<Listing> getPackage(PackageRef ref);

    /** Returns exactly that version, yanked or not. */
    Optional<Listing> getPackageVersion(PackageRef ref, Version version);

    /** Returns every version in ascending order; empty when the package is unknown. */
    List<VersionListing> listVersions(PackageRef ref);

    /**
     * Adds a release with its content in one step. The same bytes again are no error.
     *
     * @return what is kept now, and whether it is new
     * @throws io.ggen.marketplace.model.MarketplaceException ALREADY_EXISTS where other content
     *     stands under that version, SECURITY where the id belongs to another key or the record
     *     does not verify
     */
    Publication publish(Envelope release, PackageSource content);

    /** Marks a version as not to be newly chosen, by its publisher's signed record. */
    void yank(Envelope yank);

    /** Removes a version; other versions stay. Throws PACKAGE_NOT_FOUND when it is not there. */
    void delete(PackageRef ref, Version version);

    /** Returns whether any version is there; cheaper than {@link #getPackage}. */
    boolean exists(PackageRef ref);

    /**
     * Returns ids known here that {@code id} could be taken for, itself left out, at most {@code
     * most}: those whose {@link Skeleton} is one of its neighbours and that are not of one series
     * with it. Takes as long in a large registry as in a small one.
     */
    List<PackageId> similar(PackageId id, int most);

    /**
     * Returns ids that begin with {@code prefix}, sorted, at most {@code most}, as far as this
     * machine knows them without opening an index or a connection: for completion in a shell.
     */
    default List<PackageId> beginning(String prefix, int most) {
        return List.of();
    }

    /**
     * Returns the highest sequence known of a publisher's chain, 0 when none is: a home that was
     * restored or copied learns from it that its chain went on without it.
     */
    default long lastSequence(Did publisher, String chain) {
        return 0;
    }

    /**
     * Makes anew whatever this registry derives from its records, where it derives anything;
     * returns how many packages it has then.
     */
    default int rebuildIndex() {
        return 0;
    }

    /**
     * Returns when what is known here was last exchanged with others; empty where a registry reads
     * its own records each time, and is never out of date.
     */
    default Optional<Instant> asOf() {
        return Optional.empty();
    }

    /** Returns facts about this registry; never fails. */
    RegistryMetadata metadata();

    /**
     * Opens the content of {@code listing} as a tar, uncompressed; nothing in it is verified yet.
     */
    InputStream open(Listing listing);

    @Override
    void close();
}

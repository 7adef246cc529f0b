package io.ggen.marketplace.core.install.lock;

import io.ggen.base.Sha256;
import io.ggen.marketplace.model.Did;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.PackageRef;
import io.ggen.marketplace.model.Version;
import io.ggen.marketplace.model.VersionRange;
import io.ggen.multiformats.Cid;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;

/**
 * One package as a lockfile fixes it.
 *
 * @param publisher whose release it is; absent for an unsigned one
 * @param integrity SHA-256 of the canonical tar
 * @param source where it came from, {@code file}, {@code p2p} or {@code http}: informative
 * @param dependencies ids, sorted
 * @param requested the range asked for, only where no project manifest stands beside the lockfile
 */
public record LockedPackage(
        PackageId id,
        Version version,
        Optional<Did> publisher,
        Cid cid,
        Sha256 integrity,
        String source,
        List<PackageId> dependencies,
        Optional<VersionRange> requested) {
    /** Sorts the dependencies and checks the source. */
    public LockedPackage {
        dependencies = dependencies.stream().distinct().sorted().toList();
        if (!source.equals("file") && !source.equals("p2p") && !source.equals("http")) {
            throw new IllegalArgumentException("a source is file, p2p or http");
        }
    }

    // A record's own ways are made at run time and cost each process some 10 ms.

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LockedPackage it
                && sameRelease(it)
                && source.equals(it.source)
                && dependencies.equals(it.dependencies)
                && requested.equals(it.requested);
    }

    @Override
    public int hashCode() {
        return id.hashCode() * 31 + cid.hashCode();
    }

    /** Returns whose package it is. */
    public PackageRef ref() {
        return new PackageRef(id, publisher);
    }

    /** Returns whether both fix the same bytes of the same release. */
    public boolean sameRelease(LockedPackage other) {
        return id.equals(other.id)
                && version.equals(other.version)
                && publisher.equals(other.publisher)
                && cid.equals(other.cid)
                && integrity.equals(other.integrity);
    }

    /** Returns whether both fix the same release with the same dependencies. */
    public boolean sameEntry(LockedPackage other) {
        return sameRelease(other) && dependencies.equals(other.dependencies);
    }

    /** Returns this package as asked for by {@code range}, or by nobody directly. */
    public LockedPackage requestedAs(Optional<VersionRange> range) {
        return new LockedPackage(
                id, version, publisher, cid, integrity, source, dependencies, range);
    }

    /** Returns {@code sha256-} and the digest in base64. */
    public String integrityText() {
        return "sha256-"
                + java.util.Base64.getEncoder().encodeToString(integrity.bytes().toArray());
    }

    @Override
    public String toString() {
        return id + "@" + version;
    }
}

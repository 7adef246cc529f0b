package io.ggen.marketplace.core.install;

import io.ggen.base.Sha256;
import io.ggen.marketplace.core.install.lock.LockedPackage;
import io.ggen.marketplace.model.Did;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.Version;
import io.ggen.multiformats.Cid;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What an install, add, remove or update did, or would do.
 *
 * @param installed newly put in place, dependencies first
 * @param reused what stood there already
 * @param removed what is no longer there, sorted
 * @param updated what has another version than before, sorted
 * @param dryRun whether nothing was written
 * @param firstUses whose keys get pinned by this, sorted by id
 * @param knowledge what the first uses were taken from; absent where there are none
 */
public record ChangeOutcome(
        List<Installed> installed,
        List<Named> reused,
        List<Named> removed,
        List<Updated> updated,
        Path lockfile,
        boolean dryRun,
        List<FirstUse> firstUses,
        Optional<Knowledge> knowledge) {
    /** Copies the lists. */
    public ChangeOutcome {
        installed = List.copyOf(installed);
        reused = List.copyOf(reused);
        removed = List.copyOf(removed);
        updated = List.copyOf(updated);
        firstUses = List.copyOf(firstUses);
    }

    /** A package that was put in place. */
    public record Installed(
            PackageId id,
            Version version,
            Path path,
            Sha256 integrity,
            Cid cid,
            Optional<Did> publisher,
            String source,
            int providers) {
        static Installed of(LockedPackage one, InstallPlace place) {
            return new Installed(
                    one.id(),
                    one.version(),
                    place.folder(one.id()),
                    one.integrity(),
                    one.cid(),
                    one.publisher(),
                    one.source(),
                    0);
        }
    }

    /**
     * A package that this place did not use before.
     *
     * @param pinnedIn the file that keeps the key from now on
     * @param otherClaimants who else publishes under that name
     * @param similar better known names of others that this one could be taken for
     */
    public record FirstUse(
            PackageId id,
            Did publisher,
            Path pinnedIn,
            List<Did> otherClaimants,
            List<PackageId> similar) {
        /** Copies the lists. */
        public FirstUse {
            otherClaimants = List.copyOf(otherClaimants);
            similar = List.copyOf(similar);
        }
    }

    /**
     * Where knowledge of names and keys comes from.
     *
     * @param scheme {@code file}, {@code p2p} …
     * @param asOf when it was last exchanged with others; absent where it is read as it is now
     */
    public record Knowledge(String scheme, String location, Optional<Instant> asOf) {}

    /** A package by id and version. */
    public record Named(PackageId id, Version version) {
        static Named of(LockedPackage one) {
            return new Named(one.id(), one.version());
        }
    }

    /** A package that changed its version. */
    public record Updated(PackageId id, Version from, Version to) {}
}

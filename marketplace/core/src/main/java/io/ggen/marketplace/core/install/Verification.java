package io.ggen.marketplace.core.install;

import io.ggen.base.Bytes;
import io.ggen.marketplace.core.Listing;
import io.ggen.marketplace.core.install.VerifyOutcome.State;
import io.ggen.marketplace.core.install.VerifyOutcome.Verified;
import io.ggen.marketplace.core.install.lock.LockedPackage;
import io.ggen.marketplace.core.install.lock.Lockfile;
import io.ggen.marketplace.core.store.StorageFailure;
import io.ggen.marketplace.model.EnvelopeCodec;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.Release;
import io.ggen.marketplace.model.ReleaseVerifier;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Hashes installed files again and checks the signatures of their records again. The records come
 * from the store, else from the registry. Blocks on I/O; writes only where it heals.
 */
public final class Verification {
    private final InstallEnvironment environment;
    private final InstallPlace place;
    private final Owners owners;

    /** Makes a verification of {@code place}. */
    public Verification(InstallEnvironment environment, InstallPlace place) {
        this.environment = environment;
        this.place = place;
        this.owners = new Owners(environment, place);
    }

    /**
     * Verifies the packages of {@code ids}, or all where none is named.
     *
     * @param heal whether what is corrupt is put in place anew, from store or registry
     */
    public VerifyOutcome run(List<PackageId> ids, boolean heal) {
        Lockfile lockfile = Lockfile.read(place.lockfile()).orElse(Lockfile.empty());
        List<LockedPackage> chosen = chosen(ids, lockfile);
        Verified[] verified = verifyAll(chosen, lockfile);
        List<PackageId> corrupt = new ArrayList<>();
        for (Verified one : verified) {
            if (one.state() == State.CORRUPT) {
                corrupt.add(one.id());
            }
        }
        if (!heal || corrupt.isEmpty()) {
            return new VerifyOutcome(List.of(verified));
        }
        new Installer(environment).restore(place, new HashSet<>(corrupt));
        Verified[] again = verifyAll(chosen, lockfile);
        for (int i = 0; i < again.length; i++) {
            if (verified[i].state() == State.CORRUPT && again[i].state() == State.OK) {
                again[i] =
                        new Verified(
                                again[i].id(),
                                again[i].version(),
                                State.HEALED,
                                verified[i].detail());
            }
        }
        return new VerifyOutcome(List.of(again));
    }

    private static List<LockedPackage> chosen(List<PackageId> ids, Lockfile lockfile) {
        if (ids.isEmpty()) {
            return List.copyOf(lockfile.packages());
        }
        List<LockedPackage> chosen = new ArrayList<>();
        for (PackageId id : Set.copyOf(ids).stream().sorted().toList()) {
            Removing.requireLocked(id, lockfile);
            lockfile.get(id).ifPresent(chosen::add);
        }
        return chosen;
    }

    private Verified[] verifyAll(List<LockedPackage> packages, Lockfile lockfile) {
        var verified = new Verified[packages.size()];
        try {
            Parallel.run(verified.length, i -> verified[i] = verify(packages.get(i), lockfile));
        } catch (IOException e) {
            throw StorageFailure.of("verify " + place.packages(), e);
        }
        return verified;
    }

    private Verified verify(LockedPackage one, Lockfile lockfile) throws IOException {
        Optional<String> difference = Trees.difference(place.folder(one.id()), one);
        if (difference.isPresent()) {
            return result(one, State.CORRUPT, difference.get());
        }
        try {
            owners.check(one.id(), one.publisher(), lockfile);
            return verifyRecord(one, lockfile);
        } catch (MarketplaceException e) {
            return result(
                    one,
                    e.code() == ErrorCode.SECURITY ? State.UNTRUSTED : State.UNVERIFIABLE,
                    String.valueOf(e.getMessage()));
        }
    }

    private Verified verifyRecord(LockedPackage one, Lockfile lockfile) throws IOException {
        if (one.publisher().isEmpty()) {
            return result(one, State.UNVERIFIABLE, "it is not signed");
        }
        Optional<Bytes> stored =
                environment
                        .store()
                        .envelope(one.id(), one.version(), one.publisher().get(), one.integrity());
        Release release =
                ReleaseVerifier.release(
                        stored.map(EnvelopeCodec::decode)
                                .or(() -> listing(one).flatMap(Listing::envelope))
                                .orElseThrow(() -> Fetch.notFound("the record of " + one)));
        boolean same =
                release.id().equals(one.id())
                        && release.version().equals(one.version())
                        && release.publisher().equals(one.publisher())
                        && release.content().cid().equals(one.cid())
                        && release.content().sha256().equals(one.integrity());
        if (!same) {
            return result(one, State.UNTRUSTED, "the signed record speaks of other bytes");
        }
        new Doubt(place.lockfile(), true).check(one, lockfile, release);
        return result(one, State.OK, "");
    }

    private synchronized Optional<Listing> listing(LockedPackage one) {
        return environment.registry().get().getPackageVersion(one.ref(), one.version());
    }

    private static Verified result(LockedPackage one, State state, String detail) {
        return new Verified(one.id(), one.version(), state, detail);
    }

    /** Returns the plan that leaves the lockfile as it is. */
    static Plan asLocked(Situation situation) {
        return new Plan(
                situation.lockfile(),
                Optional.empty(),
                Map.of(),
                situation.lockfile().ids(),
                false);
    }
}

package io.ggen.marketplace.core.install;

import io.ggen.marketplace.core.RegistryMetadata;
import io.ggen.marketplace.core.install.lock.LockedPackage;
import io.ggen.marketplace.core.install.lock.Lockfile;
import io.ggen.marketplace.core.trust.Claims;
import io.ggen.marketplace.core.trust.DenyList;
import io.ggen.marketplace.core.trust.Ownership;
import io.ggen.marketplace.core.trust.Trust;
import io.ggen.marketplace.core.trust.TrustStore;
import io.ggen.marketplace.model.Did;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.PublisherRef;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Whose packages ids mean here, and which of them are not wanted: trust.toml and deny.toml. */
final class Owners {
    private final InstallEnvironment environment;
    private final Trust trust;
    private final DenyList denied;
    private final Doubt doubt;

    Owners(InstallEnvironment environment, InstallPlace place) {
        this.environment = environment;
        this.doubt = new Doubt(place.lockfile(), true);
        this.trust = new TrustStore(environment.home()).read();
        this.denied = DenyList.read(environment.home().deny());
    }

    /** Returns whose {@code id} is; empty where only unsigned entries are known. */
    Optional<Did> of(PackageId id, Claims claims, Supplier<List<Did>> claimants) {
        try {
            return new Ownership(trust).decide(id, claims, claimants)
                            instanceof Ownership.Decision.Owned owned
                    ? Optional.of(owned.publisher())
                    : Optional.empty();
        } catch (MarketplaceException e) {
            throw claims.lockfile().isPresent() ? doubt.located(e, id) : e;
        }
    }

    /**
     * Refuses a dependency whose publisher is another than the lockfile, a pin or a namespace
     * names.
     */
    void check(PackageId id, Optional<Did> publisher, Lockfile locked) {
        Claims claims =
                new Claims(
                        Optional.empty(),
                        locked.get(id).flatMap(LockedPackage::publisher),
                        publisher);
        Optional<Did> owner = of(id, claims, List::of);
        if (owner.isPresent() && publisher.isEmpty()) {
            throw new MarketplaceException(
                    ErrorCode.SECURITY,
                    id + " belongs to " + owner.get() + " here, but this entry is not signed.",
                    "Take it from a registry that has the signed release.",
                    Map.of("id", id.text()));
        }
    }

    /** Refuses a package whose namespace is bound to another registry than the one in use. */
    void refuseElsewhere(PackageId id) {
        Optional<String> bound = trust.registryFor(id);
        if (bound.isEmpty()) {
            return;
        }
        RegistryMetadata used = environment.registry().get().metadata();
        if (!bound.get().equals(used.scheme()) && !bound.get().equals(used.location())) {
            throw new MarketplaceException(
                    ErrorCode.SECURITY,
                    "The namespace of "
                            + id
                            + " is bound to the registry "
                            + bound.get()
                            + ", but "
                            + used.location()
                            + " would be asked.",
                    "Add --registry " + bound.get() + ", or change the binding in trust.toml.",
                    Map.of("id", id.text(), "registry", bound.get()));
        }
    }

    /** Refuses what a deny-list names. */
    void refuseDenied(LockedPackage one) {
        denied.denial(one.id(), one.publisher(), Optional.of(one.cid()))
                .ifPresent(denial -> {
                    throw new MarketplaceException(
                            ErrorCode.SECURITY,
                            one + " is on the deny-list " + denial.list() + ": " + denial.reason(),
                            "Take another version, or install it anyway with --allow-denied.",
                            Map.of("id", one.id().text(), "list", denial.list()));
                });
    }

    /** Returns the key that {@code id} is pinned to in this home. */
    Optional<Did> pinned(PackageId id) {
        return trust.pinned(id);
    }

    /** Returns whose key a manifest means. */
    Optional<Did> meant(PublisherRef reference) {
        if (reference instanceof PublisherRef.Unnamed) {
            return Optional.empty(); // the usual case, off the path of the switch below
        }
        return Optional.of(named(reference));
    }

    private Did named(PublisherRef reference) {
        return switch (reference) {
            case PublisherRef.Unnamed nobody -> throw new IllegalStateException("nobody is meant");
            case PublisherRef.Key key -> key.did();
            case PublisherRef.Self self ->
                    environment
                            .ownKey()
                            .get()
                            .orElseThrow(() -> unknown("self", "`ggen m key new` makes one"));
            case PublisherRef.Petname petname ->
                    trust.publisher(petname.name())
                            .orElseThrow(() ->
                                    unknown(
                                            petname.name(),
                                            "`ggen m trust add DID --name "
                                                    + petname.name()
                                                    + "` gives a key that name"));
        };
    }

    private static MarketplaceException unknown(String name, String how) {
        return new MarketplaceException(
                ErrorCode.VALIDATION,
                "The manifest names the publisher \"" + name + "\", but no key has that name here.",
                how + ", or write the whole DID.");
    }

    /** Keeps the key of a package that was installed directly for the whole home. */
    void pin(LockedPackage one) {
        if (one.publisher().isEmpty()) {
            return;
        }
        Did publisher = one.publisher().get();
        if (trust.pinned(one.id()).isEmpty()) {
            new TrustStore(environment.home())
                    .pin(one.id(), publisher, environment.clock().instant());
        }
    }
}

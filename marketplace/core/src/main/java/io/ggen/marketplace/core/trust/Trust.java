package io.ggen.marketplace.core.trust;

import io.ggen.marketplace.model.Did;
import io.ggen.marketplace.model.PackageId;

import java.util.List;
import java.util.Optional;

/** What {@code trust.toml} says. Immutable. */
public record Trust(
        List<TrustedPublisher> publishers, List<NamespaceBinding> namespaces, List<Pin> pins) {
    /** Copies the lists. */
    public Trust {
        publishers = List.copyOf(publishers);
        namespaces = List.copyOf(namespaces);
        pins = List.copyOf(pins);
    }

    /** Returns the trust of a home in which nothing was said yet. */
    public static Trust none() {
        return new Trust(List.of(), List.of(), List.of());
    }

    /** Returns the key that {@code id} is pinned to. */
    public Optional<Did> pinned(PackageId id) {
        return pins.stream().filter(pin -> pin.id().equals(id)).map(Pin::publisher).findFirst();
    }

    /**
     * Returns the key that owns the scope of {@code id}: by a namespace binding, else by a trusted
     * publisher.
     */
    public Optional<Did> namespaceOwner(PackageId id) {
        return id.scope()
                .flatMap(scope ->
                        namespaces.stream()
                                .filter(binding -> binding.scope().equals(scope))
                                .flatMap(binding -> binding.publisher().stream())
                                .findFirst()
                                .or(() ->
                                        publishers.stream()
                                                .filter(publisher ->
                                                        publisher.namespaces().contains(scope))
                                                .map(TrustedPublisher::did)
                                                .findFirst()));
    }

    /**
     * Returns the only registry that may be asked for {@code id}, where its scope is bound to one.
     */
    public Optional<String> registryFor(PackageId id) {
        return id.scope()
                .flatMap(scope ->
                        namespaces.stream()
                                .filter(binding -> binding.scope().equals(scope))
                                .flatMap(binding -> binding.registry().stream())
                                .findFirst());
    }

    /** Returns whether {@code did} is a trusted publisher. */
    public boolean trusts(Did did) {
        return publishers.stream().anyMatch(publisher -> publisher.did().equals(did));
    }

    /** Returns the petname of {@code did}, else the first and last 8 characters of its key. */
    public String shown(Did did) {
        return publishers.stream()
                .filter(publisher -> publisher.did().equals(did) && !publisher.petname().isEmpty())
                .map(TrustedPublisher::petname)
                .findFirst()
                .orElseGet(did::abbreviated);
    }

    /** Returns whom a text means: a DID, or the petname of a trusted publisher. */
    public Optional<Did> publisher(String didOrPetname) {
        if (didOrPetname.startsWith("did:")) {
            return Optional.of(new Did(didOrPetname));
        }
        return publishers.stream()
                .filter(publisher -> publisher.petname().equals(didOrPetname))
                .map(TrustedPublisher::did)
                .findFirst();
    }
}

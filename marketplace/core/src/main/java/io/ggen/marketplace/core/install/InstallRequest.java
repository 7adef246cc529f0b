package io.ggen.marketplace.core.install;

import io.ggen.marketplace.model.Did;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is to be installed or added.
 *
 * @param specs what is asked for; none means what the manifest or lockfile asks for
 * @param publisher whose packages {@code specs} mean
 */
public record InstallRequest(
        InstallPlace place, List<PackageSpec> specs, Set<Flag> flags, Optional<Did> publisher) {
    /** Copies the collections. */
    public InstallRequest {
        specs = List.copyOf(specs);
        flags = Set.copyOf(flags);
    }
}

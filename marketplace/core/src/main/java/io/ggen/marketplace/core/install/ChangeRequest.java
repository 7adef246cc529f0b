package io.ggen.marketplace.core.install;

import io.ggen.marketplace.model.PackageId;

import java.util.List;
import java.util.Set;

/**
 * What is to be removed or updated.
 *
 * @param ids which packages; for an update none means all
 */
public record ChangeRequest(InstallPlace place, List<PackageId> ids, Set<Flag> flags) {
    /** Copies the collections. */
    public ChangeRequest {
        ids = List.copyOf(ids);
        flags = Set.copyOf(flags);
    }
}

package io.ggen.marketplace.core.search;

import io.ggen.marketplace.model.PackageRef;

import java.util.List;

/**
 * What to do to an index: first the removals, then the additions.
 *
 * @param removed packages that are no longer there; a reference without publisher removes the
 *     unsigned one alone
 * @param added new or changed packages, whole; each replaces the document of its publisher and id
 */
public record SearchChanges(List<PackageRef> removed, List<SearchDocument> added) {
    /** Copies the lists. */
    public SearchChanges {
        removed = List.copyOf(removed);
        added = List.copyOf(added);
    }
}

package io.ggen.marketplace.file;

import io.ggen.marketplace.core.VersionListing;
import io.ggen.marketplace.model.Did;

import java.util.List;
import java.util.Optional;

/**
 * What a registry has of one id.
 *
 * @param owner whose it is: the first key that published under it
 * @param versions ascending
 * @param unsigned the entry of index.json, where some versions stand in it alone
 */
record PackageState(
        Optional<Did> owner, List<VersionListing> versions, Optional<UnsignedEntry> unsigned) {
    /** Copies the list. */
    PackageState {
        versions = List.copyOf(versions);
    }

    /** Returns the versions of {@code publisher}, or all. */
    List<VersionListing> versionsOf(Optional<Did> publisher) {
        return publisher.isEmpty()
                ? versions
                : versions.stream().filter(it -> it.publisher().equals(publisher)).toList();
    }
}

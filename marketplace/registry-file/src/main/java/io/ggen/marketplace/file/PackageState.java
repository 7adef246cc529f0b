package io.ggen.marketplace.file;

import io.ggen.marketplace.core.VersionListing;
import io.ggen.marketplace.model.Did;
import io.ggen.marketplace.model.Envelope;
import io.ggen.marketplace.model.Version;

import java.util.List;
import java.util.Optional;

/**
 * What a registry has of one id.
 *
 * @param owner whose it is: the first key that published under it
 * @param versions ascending
 * @param unsigned the entry of index.json, where some versions stand in it alone
 * @param signed a record that was read just now to learn who the owner is
 */
record PackageState(
        Optional<Did> owner,
        List<VersionListing> versions,
        Optional<UnsignedEntry> unsigned,
        Optional<Signed> signed) {
    /** The record of a version as its file has it. */
    record Signed(Version version, Envelope envelope) {}

    /** Copies the list. */
    PackageState {
        versions = List.copyOf(versions);
    }

    /** Returns this without the record: in a moment its file may be another. */
    PackageState settled() {
        return new PackageState(owner, versions, unsigned, Optional.empty());
    }

    /** Returns the record of {@code version}, where it was read just now. */
    Optional<Envelope> record(Version version) {
        return signed.filter(it -> it.version().equals(version)).map(Signed::envelope);
    }

    /** Returns the versions of {@code publisher}, or all. */
    List<VersionListing> versionsOf(Optional<Did> publisher) {
        return publisher.isEmpty()
                ? versions
                : versions.stream().filter(it -> it.publisher().equals(publisher)).toList();
    }
}

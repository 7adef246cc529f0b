package io.ggen.marketplace.p2p.catalogue;

import io.ggen.marketplace.core.Listing;
import io.ggen.marketplace.model.SignedRecord;
import io.ggen.marketplace.model.Yank;

import java.time.Instant;
import java.util.Optional;

/**
 * A release in the catalogue.
 *
 * @param yank the publisher's word against it
 * @param firstSeen when it came here
 * @param isContradicted whether its publisher contradicts itself in it: not to be newly installed
 */
public record Held(
        SignedRecord.OfRelease signed,
        Optional<SignedRecord.OfYank> yank,
        Instant firstSeen,
        boolean isContradicted) {
    /** The source of what comes from the network. */
    public static final String SOURCE = "p2p";

    /** Returns this release as registries list it. */
    public Listing listing() {
        Optional<Yank> word = yank.map(SignedRecord.OfYank::yank);
        return new Listing(signed.release(), Optional.of(signed.envelope()), word, SOURCE);
    }
}

package io.ggen.marketplace.p2p.node;

import io.ggen.libp2p.kad.KadRecord;
import io.ggen.libp2p.kad.Validator;
import io.ggen.marketplace.model.Envelope;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.model.ReleaseVerifier;
import io.ggen.marketplace.model.SignedRecord;

import java.util.Optional;

/**
 * The DHT's records of releases: a canonical envelope whose signature holds, under the key of its
 * publisher and package. The better of two is the one published later, then the one with the lower
 * record id. Pure and thread-safe.
 */
final class ReleaseValidator implements Validator {
    @Override
    public boolean isValid(KadRecord record) {
        return release(record)
                .filter(it ->
                        DhtKeys.release(it.signedBy().publisher(), it.release().id())
                                .equals(record.key()))
                .isPresent();
    }

    /** Returns the release that a record of the DHT holds, where it is a genuine one. */
    static Optional<SignedRecord.OfRelease> release(KadRecord record) {
        if (record.value().length() > Envelope.MAX_ENCODED) {
            return Optional.empty();
        }
        try {
            return ReleaseVerifier.verify(record.value()) instanceof SignedRecord.OfRelease signed
                    ? Optional.of(signed)
                    : Optional.empty();
        } catch (MarketplaceException e) {
            return Optional.empty();
        }
    }

    @Override
    public int compare(KadRecord a, KadRecord b) {
        if (a.value().equals(b.value())) {
            return 0;
        }
        var first = (SignedRecord.OfRelease) ReleaseVerifier.verifiedBefore(a.value());
        var second = (SignedRecord.OfRelease) ReleaseVerifier.verifiedBefore(b.value());
        int later = first.release().publishedAt().compareTo(second.release().publishedAt());
        return later != 0 ? later : second.recordId().bytes().compareTo(first.recordId().bytes());
    }
}

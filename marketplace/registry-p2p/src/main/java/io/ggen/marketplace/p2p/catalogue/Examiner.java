package io.ggen.marketplace.p2p.catalogue;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;
import io.ggen.marketplace.model.Envelope;
import io.ggen.marketplace.model.EnvelopeCodec;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.model.ReleaseVerifier;
import io.ggen.marketplace.model.SignedRecord;

import java.time.Instant;
import java.util.function.Predicate;

/** Looks at what was offered, before anything is written: the slow part, in parallel. */
final class Examiner {
    private final CatalogueLimits limits;
    private final Predicate<Sha256> isKnown;

    Examiner(CatalogueLimits limits, Predicate<Sha256> isKnown) {
        this.limits = limits;
        this.isKnown = isKnown;
    }

    /** What an envelope turned out to be. */
    sealed interface Finding {
        /** Genuine, new and welcome so far. */
        record Fit(SignedRecord signed, Bytes encoded) implements Finding {}

        /** Settled already. */
        record Settled(Admission admission) implements Finding {}
    }

    Finding examine(Bytes encoded, Policy policy, Instant now) {
        try {
            Envelope envelope = EnvelopeCodec.decode(encoded);
            Sha256 id = envelope.recordId();
            if (isKnown.test(id)) {
                return new Finding.Settled(new Admission.Known(id));
            }
            return judge(ReleaseVerifier.verify(envelope), encoded, policy, now);
        } catch (MarketplaceException e) {
            return new Finding.Settled(new Admission.Invalid(e));
        }
    }

    private Finding judge(SignedRecord signed, Bytes encoded, Policy policy, Instant now) {
        Instant published = RecordTable.Subject.of(signed).publishedAt();
        if (published.isAfter(now.plus(limits.ahead()))) {
            return refused(signed, Admission.Reason.AHEAD);
        }
        return policy.denial(signed).isPresent()
                ? refused(signed, Admission.Reason.DENIED)
                : new Finding.Fit(signed, encoded);
    }

    private static Finding refused(SignedRecord signed, Admission.Reason reason) {
        return new Finding.Settled(new Admission.Refused(signed, reason));
    }
}

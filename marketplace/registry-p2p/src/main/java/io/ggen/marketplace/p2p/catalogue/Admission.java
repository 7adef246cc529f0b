package io.ggen.marketplace.p2p.catalogue;

import io.ggen.base.Sha256;
import io.ggen.marketplace.model.Equivocation;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.model.SignedRecord;

import java.util.Optional;

/** What became of a record that was offered. */
public sealed interface Admission {
    /**
     * It is new and is kept.
     *
     * @param equivocation how its publisher contradicts an earlier record by it
     */
    record Admitted(SignedRecord signed, Optional<Equivocation> equivocation)
            implements Admission {}

    /** It was there. */
    record Known(Sha256 id) implements Admission {}

    /** It is genuine, but is not kept here. */
    record Refused(SignedRecord signed, Reason reason) implements Admission {}

    /** It is not genuine: whoever sent it should have seen that. */
    record Invalid(MarketplaceException reason) implements Admission {}

    /** Why a genuine record is not kept. */
    enum Reason {
        /** The deny-list names it. */
        DENIED,
        /** It is dated further ahead than clocks may differ. */
        AHEAD,
        /** Its introducer has brought enough for this hour. */
        QUOTA,
        /** There is no room for it. */
        FULL,
        /** Its publisher was already shown to contradict itself there. */
        SURPLUS
    }
}

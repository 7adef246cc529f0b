package io.ggen.marketplace.p2p.exchange;

import io.ggen.base.Bytes;
import io.ggen.libp2p.gossipsub.router.Verdict;
import io.ggen.marketplace.model.Envelope;
import io.ggen.marketplace.model.SignedRecord;
import io.ggen.marketplace.p2p.catalogue.Admission;
import io.ggen.marketplace.p2p.catalogue.Catalogue;
import io.ggen.marketplace.p2p.catalogue.Introducer;
import io.ggen.marketplace.p2p.catalogue.Source;

/**
 * Judges what is heard in a topic of records: a genuine one that is new goes on, one that is known
 * or has no room here does not, and whoever sends one that is not genuine is punished. Thread-safe;
 * blocks on the catalogue alone.
 */
public final class RecordJudge {
    private final Catalogue catalogue;
    private final String category;

    /**
     * Makes one that offers what it hears to {@code catalogue}.
     *
     * @param category the only one whose releases belong into the topic; empty where all do
     */
    public RecordJudge(Catalogue catalogue, String category) {
        this.catalogue = catalogue;
        this.category = category;
    }

    /** Judges an encoded envelope that {@code from} brought. */
    public Verdict judge(Bytes data, Introducer from) {
        if (data.length() > Envelope.MAX_ENCODED) {
            return Verdict.REJECT;
        }
        return switch (catalogue.admit(data, new Source.Gossip(from))) {
            case Admission.Admitted it -> fits(it.signed()) ? Verdict.ACCEPT : Verdict.REJECT;
            case Admission.Known _, Admission.Refused _ -> Verdict.IGNORE;
            case Admission.Invalid _ -> Verdict.REJECT;
        };
    }

    private boolean fits(SignedRecord signed) {
        return category.isEmpty()
                || signed instanceof SignedRecord.OfRelease it
                        && it.release().about().categories().contains(category);
    }
}

package io.ggen.marketplace.p2p.exchange;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;
import io.ggen.libp2p.protobuf.MalformedMessageException;
import io.ggen.marketplace.p2p.catalogue.Admission;
import io.ggen.marketplace.p2p.catalogue.Catalogue;
import io.ggen.marketplace.p2p.catalogue.Introducer;
import io.ggen.marketplace.p2p.catalogue.Source;

import java.util.ArrayList;
import java.util.List;

/** Takes what the other side of an exchange sends. Not thread-safe. */
final class Intake {
    private final Catalogue catalogue;
    private final Source source;
    private final int most;
    private int received;
    private int refused;
    private int missing;

    Intake(Catalogue catalogue, Introducer from, int most) {
        this.catalogue = catalogue;
        this.source = new Source.Exchange(from);
        this.most = most;
    }

    /**
     * Offers envelopes to the catalogue; returns their ids.
     *
     * @throws MalformedMessageException at one that is not genuine
     */
    List<Sha256> take(List<Bytes> envelopes) {
        List<Sha256> ids = new ArrayList<>(envelopes.size());
        for (Admission admission : catalogue.admit(envelopes, source)) {
            ids.add(id(admission));
        }
        return ids;
    }

    private Sha256 id(Admission admission) {
        return switch (admission) {
            case Admission.Admitted it -> {
                received++;
                yield it.signed().recordId();
            }
            case Admission.Known it -> it.id();
            case Admission.Refused it -> {
                refused++;
                yield it.signed().recordId();
            }
            case Admission.Invalid it ->
                    throw new MalformedMessageException(
                            "a record that is not genuine: " + it.reason().getMessage());
        };
    }

    void missed(int count) {
        missing += count;
    }

    /** Returns whether the other side sends nothing useful any more. */
    boolean isExhausted() {
        return refused + missing > most;
    }

    int received() {
        return received;
    }

    int refused() {
        return refused;
    }
}

package io.ggen.marketplace.p2p.catalogue;

import io.ggen.marketplace.core.trust.Evidence;
import io.ggen.marketplace.model.Equivocation;
import io.ggen.marketplace.model.SignedRecord;

import java.io.IOException;
import java.util.function.Consumer;

/**
 * Keeps in the home what the catalogue finds of two contents under one version, where installing
 * looks for it; it stays when the catalogue goes. Blocks on I/O.
 */
public final class EvidenceKeeper implements Consumer<Admission.Admitted> {
    private final Evidence evidence;

    /** Keeps records in {@code evidence}. */
    public EvidenceKeeper(Evidence evidence) {
        this.evidence = evidence;
    }

    @Override
    public void accept(Admission.Admitted admitted) {
        admitted.equivocation()
                .filter(it -> it.kind() == Equivocation.Kind.OTHER_CONTENT)
                .ifPresent(it -> {
                    keep(it.one());
                    keep(it.other());
                });
    }

    private void keep(SignedRecord signed) {
        if (signed instanceof SignedRecord.OfRelease it) {
            try {
                evidence.keep(it.release().id(), it.release().version(), it.envelope());
            } catch (IOException e) {
                System.getLogger(EvidenceKeeper.class.getName())
                        .log(System.Logger.Level.WARNING, "evidence cannot be kept", e);
            }
        }
    }
}

package io.ggen.marketplace.p2p.catalogue;

import io.ggen.marketplace.core.trust.Evidence;
import io.ggen.marketplace.model.Equivocation;

import java.io.IOException;
import java.util.function.Consumer;

/**
 * Keeps in the home how publishers contradict themselves, as far as the catalogue finds it, where
 * installing looks for it; it stays when the catalogue goes. Blocks on I/O.
 */
public final class EvidenceKeeper implements Consumer<Admission.Admitted> {
    private final Evidence evidence;

    /** Keeps records in {@code evidence}. */
    public EvidenceKeeper(Evidence evidence) {
        this.evidence = evidence;
    }

    @Override
    public void accept(Admission.Admitted admitted) {
        admitted.equivocation().ifPresent(this::keep);
    }

    private void keep(Equivocation equivocation) {
        try {
            evidence.keep(equivocation);
        } catch (IOException e) {
            System.getLogger(EvidenceKeeper.class.getName())
                    .log(System.Logger.Level.WARNING, "evidence cannot be kept", e);
        }
    }
}

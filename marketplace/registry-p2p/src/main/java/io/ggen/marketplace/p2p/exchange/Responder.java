package io.ggen.marketplace.p2p.exchange;

import io.ggen.base.Bytes;
import io.ggen.libp2p.protobuf.MalformedMessageException;
import io.ggen.marketplace.p2p.catalogue.Catalogue;
import io.ggen.marketplace.p2p.catalogue.Introducer;

import java.util.List;
import java.util.Optional;

/**
 * The side that was dialled: answers each message by itself, in whatever order they come. Blocks on
 * the catalogue alone. Not thread-safe.
 */
public final class Responder {
    private static final int ROOM = CatalogueMessage.MAX_LENGTH - 64;

    private final Catalogue catalogue;
    private final Introducer other;
    private final ExchangeLimits limits;
    private final Intake intake;
    private int rounds;

    /** Makes the machine of one exchange that {@code other} began. */
    public Responder(Catalogue catalogue, Introducer other, ExchangeLimits limits) {
        this.catalogue = catalogue;
        this.other = other;
        this.limits = limits;
        this.intake = new Intake(catalogue, other, limits.refused());
    }

    /**
     * Takes a message; returns the answer where it has one.
     *
     * @throws io.ggen.libp2p.Libp2pException when the other side breaks a rule
     */
    public Optional<CatalogueMessage> take(CatalogueMessage message) {
        return switch (message) {
            case CatalogueMessage.Reconcile it -> Optional.of(reconcile(it.message()));
            case CatalogueMessage.Fetch it -> Optional.of(fetch(it));
            case CatalogueMessage.Records it -> receive(it.envelopes());
            case CatalogueMessage.Refusal it ->
                    throw new MalformedMessageException("who dialled has nothing to refuse");
        };
    }

    private CatalogueMessage reconcile(Bytes message) {
        if (++rounds > limits.rounds()) {
            throw new MalformedMessageException("the reconciliation does not come to an end");
        }
        return new CatalogueMessage.Reconcile(
                catalogue.reading(other.peer(), view -> view.answer(message, ROOM)));
    }

    private CatalogueMessage fetch(CatalogueMessage.Fetch fetch) {
        List<Bytes> envelopes =
                fetch.ids().stream().flatMap(id -> catalogue.envelope(id).stream()).toList();
        return new CatalogueMessage.Records(envelopes);
    }

    /** Records beyond what may be refused are not even looked at. */
    private Optional<CatalogueMessage> receive(List<Bytes> envelopes) {
        if (!intake.isExhausted()) {
            intake.take(envelopes);
        }
        return Optional.empty();
    }

    /** Returns how many records were new here. */
    public int received() {
        return intake.received();
    }
}

package io.ggen.marketplace.p2p.exchange;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;
import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.protobuf.MalformedMessageException;
import io.ggen.marketplace.p2p.catalogue.Catalogue;
import io.ggen.marketplace.p2p.catalogue.Introducer;
import io.ggen.marketplace.p2p.reconcile.Reconciliation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * The side that dialled. Send what {@link #begin} says; while {@link #isWaiting}, read a message
 * and send what {@link #take} says; then send each {@link #offer}, and end this direction. Blocks
 * on the catalogue alone. Not thread-safe.
 */
public final class Dialler {
    /** How many Fetches are under way at once: the other side works while this one verifies. */
    private static final int FETCHES = 4;

    private static final int ROOM = CatalogueMessage.MAX_LENGTH - 64;

    private final Catalogue catalogue;
    private final Introducer other;
    private final ExchangeLimits limits;
    private final Reconciliation reconciliation;
    private final Intake intake;
    private final Deque<List<Sha256>> asked = new ArrayDeque<>();
    private Iterator<Sha256> needed = List.<Sha256>of().iterator();
    private Iterator<Sha256> offered = List.<Sha256>of().iterator();
    private boolean isReconciling = true;
    private int rounds;
    private int sent;

    /** Makes the machine of one exchange with {@code other}. */
    public Dialler(Catalogue catalogue, Introducer other, ExchangeLimits limits) {
        this.catalogue = catalogue;
        this.other = other;
        this.limits = limits;
        this.reconciliation = new Reconciliation(ROOM, limits.differences());
        this.intake = new Intake(catalogue, other, limits.refused());
    }

    /** Returns the first message. */
    public CatalogueMessage begin() {
        return new CatalogueMessage.Reconcile(
                catalogue.reading(other.peer(), reconciliation::begin));
    }

    /** Returns whether the other side has something to answer. */
    public boolean isWaiting() {
        return isReconciling || !asked.isEmpty();
    }

    /**
     * Takes an answer; returns what to send next.
     *
     * @throws Libp2pException when the other side breaks a rule, or refuses
     */
    public List<CatalogueMessage> take(CatalogueMessage message) {
        return switch (message) {
            case CatalogueMessage.Reconcile it when isReconciling -> reconciled(it.message());
            case CatalogueMessage.Records it when !asked.isEmpty() -> received(it.envelopes());
            case CatalogueMessage.Refusal it ->
                    throw new Libp2pException(
                            Libp2pException.Code.LIMIT_EXCEEDED,
                            other.peer() + " refuses the exchange: " + it.reason());
            case CatalogueMessage.Reconcile it -> throw unasked();
            case CatalogueMessage.Records it -> throw unasked();
            case CatalogueMessage.Fetch it -> throw unasked();
        };
    }

    private static MalformedMessageException unasked() {
        return new MalformedMessageException("a message that nothing asked for");
    }

    private List<CatalogueMessage> reconciled(Bytes answer) {
        if (++rounds > limits.rounds()) {
            throw new MalformedMessageException("the reconciliation does not come to an end");
        }
        Optional<Bytes> next =
                catalogue.reading(other.peer(), view -> reconciliation.next(view, answer));
        if (next.isPresent()) {
            return List.of(new CatalogueMessage.Reconcile(next.get()));
        }
        isReconciling = false;
        needed = reconciliation.needed().iterator();
        offered = reconciliation.offered().iterator();
        return fetches();
    }

    private List<CatalogueMessage> fetches() {
        List<CatalogueMessage> fetches = new ArrayList<>();
        while (asked.size() < FETCHES && !intake.isExhausted()) {
            List<Sha256> ids = next(needed, id -> !catalogue.holds(id));
            if (ids.isEmpty()) {
                break;
            }
            asked.addLast(ids);
            fetches.add(new CatalogueMessage.Fetch(ids));
        }
        return fetches;
    }

    private static List<Sha256> next(
            Iterator<Sha256> from, java.util.function.Predicate<Sha256> wanted) {
        List<Sha256> ids = new ArrayList<>(CatalogueMessage.MAX_RECORDS);
        while (from.hasNext() && ids.size() < CatalogueMessage.MAX_RECORDS) {
            Sha256 id = from.next();
            if (wanted.test(id)) {
                ids.add(id);
            }
        }
        return ids;
    }

    private List<CatalogueMessage> received(List<Bytes> envelopes) {
        List<Sha256> wanted = asked.removeFirst();
        Iterator<Sha256> order = wanted.iterator();
        for (Sha256 id : intake.take(envelopes)) {
            boolean isThere = false;
            while (!isThere && order.hasNext()) {
                isThere = order.next().equals(id);
            }
            if (!isThere) {
                throw new MalformedMessageException("a record that was not asked for there");
            }
        }
        intake.missed(wanted.size() - envelopes.size());
        return fetches();
    }

    /** Returns the next records that the other side lacks; empty when it has them all. */
    public Optional<CatalogueMessage> offer() {
        while (offered.hasNext()) {
            List<Bytes> envelopes =
                    next(offered, id -> true).stream()
                            .flatMap(id -> catalogue.envelope(id).stream())
                            .toList();
            if (!envelopes.isEmpty()) {
                sent += envelopes.size();
                return Optional.of(new CatalogueMessage.Records(envelopes));
            }
        }
        return Optional.empty();
    }

    /** Returns what the exchange brought so far. */
    public ExchangeOutcome outcome() {
        boolean isCut = reconciliation.isCut() || intake.isExhausted();
        return new ExchangeOutcome(intake.received(), sent, intake.refused(), rounds, isCut);
    }
}

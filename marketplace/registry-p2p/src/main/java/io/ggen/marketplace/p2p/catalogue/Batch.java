package io.ggen.marketplace.p2p.catalogue;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;
import io.ggen.marketplace.model.Did;
import io.ggen.marketplace.model.Equivocation;
import io.ggen.marketplace.model.SignedRecord;
import io.ggen.marketplace.p2p.reconcile.Item;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Records that are written in one transaction, and what that changed. */
final class Batch {
    private static final int EVICTED_AT_ONCE = 16;

    private final Keeping keeping;
    private final Policy policy;
    private final Source source;
    private final Instant now;
    final List<Admission> admissions = new ArrayList<>();
    final List<Item> added = new ArrayList<>();
    final List<Item> removed = new ArrayList<>();

    /** What a catalogue writes to. */
    record Keeping(RecordTable table, Totals totals, Introductions introductions) {}

    Batch(Keeping keeping, Policy policy, Source source, Instant now) {
        this.keeping = keeping;
        this.policy = policy;
        this.source = source;
        this.now = now;
    }

    void settle(Examiner.Finding finding) {
        Admission admission =
                switch (finding) {
                    case Examiner.Finding.Settled settled -> settled.admission();
                    case Examiner.Finding.Fit fit -> admit(fit);
                };
        if (admission instanceof Admission.Known known) {
            if (source instanceof Source.Own) {
                keeping.table().withdraw(known.id(), false);
            }
            introducer().ifPresent(it -> keeping.introductions().isWidelyHeld(known.id(), it));
        }
        admissions.add(admission);
    }

    private Optional<Introducer> introducer() {
        return switch (source) {
            case Source.Own own -> Optional.empty();
            case Source.Gossip gossip -> Optional.of(gossip.from());
            case Source.Exchange exchange -> Optional.of(exchange.from());
        };
    }

    private Admission admit(Examiner.Finding.Fit fit) {
        SignedRecord signed = fit.signed();
        Sha256 id = signed.recordId();
        if (keeping.table().contains(id)) {
            return new Admission.Known(id);
        }
        Did did = signed.signedBy().publisher();
        Optional<RecordTable.Publisher> known = keeping.table().publisher(did);
        boolean isReserved =
                source instanceof Source.Own
                        || policy.isReserved(did)
                        || known.map(RecordTable.Publisher::isOwn).orElse(false);
        if (!isIntroduced(id, known.isEmpty(), isReserved)) {
            return refused(signed, Admission.Reason.QUOTA);
        }
        List<RecordTable.Rival> rivals =
                known.map(it -> keeping.table().rivals(signed, it)).orElse(List.of());
        if (rivals.stream().anyMatch(RecordTable.Rival::isContradicted)) {
            return refused(signed, Admission.Reason.SURPLUS);
        }
        if (!makeRoom(isReserved, fit.encoded().length())) {
            return refused(signed, Admission.Reason.FULL);
        }
        insert(fit, publisher(did, known, isReserved));
        return new Admission.Admitted(signed, contradiction(signed, rivals));
    }

    private static Admission refused(SignedRecord signed, Admission.Reason reason) {
        return new Admission.Refused(signed, reason);
    }

    private boolean isIntroduced(Sha256 id, boolean isPublisher, boolean isReserved) {
        return switch (source) {
            case Source.Own own -> true;
            case Source.Gossip it ->
                    isReserved || keeping.introductions().allow(id, isPublisher, it.from(), now);
            case Source.Exchange it -> {
                keeping.introductions().isWidelyHeld(id, it.from());
                yield true;
            }
        };
    }

    /** Lets strangers' records go for one that has reserved room; a stranger's makes no room. */
    private boolean makeRoom(boolean isReserved, int size) {
        boolean hasRoom = keeping.totals().hasRoom(isReserved, size);
        while (!hasRoom && isReserved) {
            List<RecordTable.Row> evictable = keeping.table().evictable(EVICTED_AT_ONCE);
            if (evictable.isEmpty()) {
                return false;
            }
            for (RecordTable.Row row : evictable) {
                hasRoom = hasRoom || evict(row, size);
            }
        }
        return hasRoom;
    }

    private boolean evict(RecordTable.Row row, int size) {
        keeping.table().delete(row);
        keeping.totals().remove(false, row.size());
        removed.add(row.item());
        return keeping.totals().hasRoom(true, size);
    }

    private RecordTable.Publisher publisher(
            Did did, Optional<RecordTable.Publisher> known, boolean isReserved) {
        boolean isOwn = source instanceof Source.Own;
        boolean isSettled =
                known.filter(it -> it.isReserved() == isReserved && (it.isOwn() || !isOwn))
                        .isPresent();
        if (isSettled) {
            return known.get();
        }
        RecordTable.Publisher publisher = keeping.table().addPublisher(did, isReserved, isOwn);
        known.ifPresent(before -> keeping.totals().load());
        return publisher;
    }

    private void insert(Examiner.Finding.Fit fit, RecordTable.Publisher publisher) {
        SignedRecord signed = fit.signed();
        Bytes encoded = fit.encoded();
        keeping.table().insert(signed, publisher, encoded, now);
        keeping.totals().add(publisher.isReserved(), encoded.length());
        added.add(RecordTable.Subject.of(signed).item(signed.recordId()));
    }

    private Optional<Equivocation> contradiction(
            SignedRecord signed, List<RecordTable.Rival> rivals) {
        Optional<Equivocation> first = Optional.empty();
        for (RecordTable.Rival rival : rivals) {
            keeping.table().contradicted(rival.signed().recordId());
            keeping.table().contradicted(signed.recordId());
            first = first.isPresent() ? first : signed.contradicts(rival.signed());
        }
        return first;
    }
}

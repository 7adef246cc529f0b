package io.ggen.marketplace.p2p.catalogue;

import io.ggen.base.Bytes;
import io.ggen.base.CryptoProvider;
import io.ggen.base.Sha256;
import io.ggen.libp2p.key.PeerId;
import io.ggen.marketplace.core.VersionListing;
import io.ggen.marketplace.model.Did;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.PackageRef;
import io.ggen.marketplace.model.SignedRecord;
import io.ggen.marketplace.model.Version;
import io.ggen.marketplace.p2p.database.Database;
import io.ggen.marketplace.p2p.reconcile.Item;
import io.ggen.marketplace.p2p.reconcile.Items;
import io.ggen.marketplace.p2p.reconcile.View;
import io.ggen.multiformats.Cid;

import org.jspecify.annotations.Nullable;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The replicated catalogue of one node. Thread-safe; blocks on I/O. One writer at a time; records
 * are verified before its turn comes.
 *
 * <p>A record in which its publisher contradicts another is kept with that other as evidence, and
 * neither is listed as a version: only {@link #releases} shows them.
 */
public final class Catalogue {
    private static final Duration ANOTHER_LOOK = Duration.ofHours(1);
    private static final String NAME = "name";
    private static final String EXCHANGED = "exchanged";

    private final Database database;
    private final CatalogueLimits limits;
    private final InstantSource clock;
    private final Batch.Keeping keeping;
    private final CatalogueQueries queries;
    private final Examiner examiner;
    private final List<Consumer<Admission.Admitted>> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock writing = new ReentrantLock();
    private volatile Policy policy;

    /** Guards what follows; nothing blocks under it. */
    private final ReentrantLock memory = new ReentrantLock();

    private final Refusals refusals;
    private @Nullable Items items;

    private Catalogue(
            Database database, CatalogueLimits limits, Policy policy, InstantSource clock) {
        this.database = database;
        this.limits = limits;
        this.policy = policy;
        this.clock = clock;
        var table = new RecordTable(database);
        this.keeping =
                new Batch.Keeping(table, new Totals(limits, database), new Introductions(limits));
        this.queries = new CatalogueQueries(database);
        this.examiner = new Examiner(limits, table::contains);
        this.refusals = new Refusals(limits.refusals());
    }

    /**
     * Opens the catalogue in {@code database}, which stays the caller's to close. Whoever passes a
     * file holds {@code locks/node}.
     */
    public static Catalogue open(
            Database database, CatalogueLimits limits, Policy policy, InstantSource clock) {
        CryptoProvider.expectMany();
        Schema.create(database);
        var catalogue = new Catalogue(database, limits, policy, clock);
        catalogue.apply(policy);
        return catalogue;
    }

    /** Lets {@code listener} hear of each record that is admitted, on the admitting thread. */
    public void onAdmitted(Consumer<Admission.Admitted> listener) {
        listeners.add(listener);
    }

    /** Offers one encoded envelope. */
    public Admission admit(Bytes envelope, Source source) {
        return admit(List.of(envelope), source).getFirst();
    }

    /**
     * Offers encoded envelopes; returns what became of each, in their order. Each new one is
     * verified; one that is known costs a hash.
     */
    public List<Admission> admit(List<Bytes> envelopes, Source source) {
        Instant now = clock.instant();
        List<Examiner.Finding> findings =
                envelopes.stream().map(it -> examiner.examine(it, policy, now)).toList();
        var batch = new Batch(keeping, policy, source, now);
        writing.lock();
        try {
            write(() -> findings.forEach(batch::settle), source instanceof Source.Own);
            remember(batch, source, now);
        } finally {
            writing.unlock();
        }
        batch.admissions.forEach(this::announce);
        return batch.admissions;
    }

    private void write(Runnable work, boolean durably) {
        boolean isDone = false;
        try {
            if (durably) {
                database.durably(work);
            } else {
                database.transaction(work);
            }
            isDone = true;
        } finally {
            if (!isDone) {
                keeping.totals().load();
            }
        }
    }

    private void remember(Batch batch, Source source, Instant now) {
        memory.lock();
        try {
            batch.added.forEach(refusals::remove);
            if (items != null) {
                batch.added.forEach(items::add);
                batch.removed.forEach(items::remove);
            }
            if (source instanceof Source.Exchange exchange) {
                batch.admissions.forEach(it -> remember(it, exchange.from().peer(), now));
            }
        } finally {
            memory.unlock();
        }
    }

    private void remember(Admission admission, PeerId peer, Instant now) {
        if (admission instanceof Admission.Refused refused) {
            Item item = RecordTable.Subject.of(refused.signed()).item(refused.signed().recordId());
            Instant due = Instant.ofEpochSecond(item.time()).minus(limits.ahead());
            Instant until =
                    refused.reason() == Admission.Reason.AHEAD ? due : now.plus(ANOTHER_LOOK);
            refusals.add(peer, item, until);
        }
    }

    private void announce(Admission admission) {
        if (admission instanceof Admission.Admitted admitted) {
            listeners.forEach(listener -> listener.accept(admitted));
        }
    }

    /**
     * Follows what the user trusts and denies from now on: denied records go, publishers gain or
     * lose their reserved room, and what was refused may be offered again.
     */
    public void apply(Policy next) {
        writing.lock();
        try {
            policy = next;
            List<Item> removed = database.transaction(() -> keeping.table().apply(next));
            keeping.totals().load();
            forget(removed);
        } finally {
            writing.unlock();
        }
    }

    private void forget(List<Item> removed) {
        memory.lock();
        try {
            refusals.clear();
            if (items != null) {
                removed.forEach(items::remove);
            }
        } finally {
            memory.unlock();
        }
    }

    /**
     * Reads what this node holds towards {@code peer}, for a reconciliation; it does not change
     * before {@code work} returns, which must not block.
     */
    public <T> T reading(PeerId peer, Function<View, T> work) {
        loadItems();
        memory.lock();
        try {
            Items held = items;
            if (held == null) {
                throw new IllegalStateException("the items were loaded before");
            }
            return work.apply(new View(held, refusals.of(peer, clock.instant())));
        } finally {
            memory.unlock();
        }
    }

    private void loadItems() {
        writing.lock();
        try {
            if (items == null) {
                var loaded = new Items();
                keeping.table().forEachItem(loaded::add);
                items = loaded;
            }
        } finally {
            writing.unlock();
        }
    }

    /**
     * Hides a record from what is listed and searched here; it is kept and handed on. Its
     * publisher's admitting it again as {@link Source.Own} shows it again.
     *
     * @return whether it was listed before
     */
    public boolean withdraw(Sha256 id) {
        writing.lock();
        try {
            boolean[] isChanged = new boolean[1];
            database.durably(() -> isChanged[0] = keeping.table().withdraw(id, true));
            return isChanged[0];
        } finally {
            writing.unlock();
        }
    }

    /** Notes that a release is installed here, or not any more: what is goes last. */
    public void installed(PackageRef ref, Version version, boolean isInstalled) {
        keeping.table().use(ref, version, isInstalled ? Use.INSTALLED : Use.NONE);
    }

    /** Notes that somebody serves a release: those that nobody does go first. */
    public void provided(PackageRef ref, Version version) {
        keeping.table().use(ref, version, Use.PROVIDED);
    }

    /** Returns whether a record is held. */
    public boolean holds(Sha256 id) {
        return keeping.table().contains(id);
    }

    /** Returns the encoded envelope of a record. */
    public Optional<Bytes> envelope(Sha256 id) {
        return keeping.table().envelope(id);
    }

    /** Returns the versions of a package, as {@code Registry.listVersions} does. */
    public List<VersionListing> versions(PackageRef ref) {
        return queries.versions(ref);
    }

    /** Returns who claims an id, in a fixed order. */
    public List<Did> publishers(PackageId id) {
        return queries.publishers(id);
    }

    /** Returns every release record of a package, newest first. */
    public List<Held> releases(PackageRef ref) {
        return queries.releases(ref, Optional.empty());
    }

    /** Returns every release record of one version, newest first. */
    public List<Held> releases(PackageRef ref, Version version) {
        return queries.releases(ref, Optional.of(version));
    }

    /** Returns the first release record of one version, whether it is listed here or not. */
    public Optional<SignedRecord.OfRelease> firstRelease(PackageRef ref, Version version) {
        return queries.firstRelease(ref, version);
    }

    /** Returns the root of a version's content, where the version is listed. */
    public Optional<Cid> contentOf(PackageRef ref, Version version) {
        return queries.contentOf(ref, version);
    }

    /** Returns a release whose content has the root {@code cid}. */
    public Optional<SignedRecord.OfRelease> releaseOf(Cid cid) {
        return queries.releaseOf(cid);
    }

    /** Returns the highest sequence known of a publisher's chain, 0 when none is. */
    public long lastSequence(Did publisher, String chain) {
        return queries.lastSequence(publisher, chain);
    }

    /** Returns the chains of a publisher, in a fixed order. */
    public List<ChainHead> chains(Did publisher) {
        return queries.chains(publisher);
    }

    /** Returns ids that {@code id} could be taken for, as {@code Registry.similar} does. */
    public List<PackageId> similar(PackageId id, int most) {
        return queries.similar(id, most);
    }

    /** Returns ids that begin with {@code prefix}, sorted. */
    public List<PackageId> beginning(String prefix, int most) {
        return queries.beginning(prefix, most);
    }

    /** Returns every package, one for each publisher and id. */
    public List<PackageRef> packages() {
        return queries.packages();
    }

    /** Returns a text that is another one whenever the records are others. */
    public String stamp() {
        return name() + "-" + queries.lastChange();
    }

    private String name() {
        return queries.noted(NAME)
                .orElseGet(
                        () -> queries.fact(NAME, Long.toHexString(new SecureRandom().nextLong())));
    }

    /**
     * Returns the packages that changed since {@code stamp}, some of which may be gone; empty when
     * that is not known.
     */
    public Optional<Set<PackageRef>> changedSince(String stamp) {
        String prefix = name() + "-";
        boolean isOurs =
                stamp.startsWith(prefix) && stamp.substring(prefix.length()).matches("\\d{1,18}");
        return isOurs
                ? queries.changedSince(Long.parseLong(stamp.substring(prefix.length())))
                : Optional.empty();
    }

    /** Notes that an exchange with another peer is complete. */
    public void exchanged() {
        queries.note(EXCHANGED, Long.toString(clock.instant().getEpochSecond()));
    }

    /** Returns when the last exchange was complete: how fresh the catalogue is. */
    public Optional<Instant> lastExchange() {
        return queries.noted(EXCHANGED).map(Long::parseLong).map(Instant::ofEpochSecond);
    }

    /** Returns how full the catalogue is. */
    public CatalogueStatus status() {
        writing.lock();
        try {
            return queries.status(keeping.totals());
        } finally {
            writing.unlock();
        }
    }
}

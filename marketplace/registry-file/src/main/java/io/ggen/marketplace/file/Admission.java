package io.ggen.marketplace.file;

import io.ggen.base.Bytes;
import io.ggen.base.DurableFiles;
import io.ggen.base.Sha256;
import io.ggen.marketplace.core.Listing;
import io.ggen.marketplace.core.Publication;
import io.ggen.marketplace.file.Folders.State;
import io.ggen.marketplace.file.IndexRewrite.Member;
import io.ggen.marketplace.model.Did;
import io.ggen.marketplace.model.Envelope;
import io.ggen.marketplace.model.EnvelopeCodec;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.model.Origin;
import io.ggen.marketplace.model.Release;
import io.ggen.marketplace.model.Version;

import java.io.IOException;
import java.util.Optional;

/**
 * Decides whether a verified release comes in, and brings it in: whose id it is, whether that
 * version is taken, whether its key contradicts itself. The writers' lock is held.
 */
final class Admission {
    private final Layout layout;
    private final IndexKeeper keeper;
    private final Packages packages;
    private final Records records;
    private final ChainLedger ledger;
    private final OldArchives old;

    Admission(Layout layout, IndexKeeper keeper, Packages packages, OldArchives old) {
        this.layout = layout;
        this.keeper = keeper;
        this.packages = packages;
        this.old = old;
        records = new Records(layout);
        ledger = new ChainLedger(layout);
    }

    /** A verified release and its envelope. */
    record Candidate(Release release, Envelope envelope) {
        Origin origin() {
            return release.origin().orElseThrow();
        }

        @Override
        public String toString() {
            return release.id() + "@" + release.version();
        }
    }

    /** Returns the outcome where the version is there already, or throws why it cannot come in. */
    Optional<Publication> decide(Candidate candidate, OffsetTable table) throws IOException {
        Release release = candidate.release();
        Optional<UnsignedEntry> unsigned =
                table.isSignedOnly(release.id().text())
                        ? Optional.empty()
                        : keeper.value(table, release.id())
                                .map(it -> UnsignedEntry.read(release.id(), it));
        checkOwner(candidate, packages.load(release.id(), unsigned));
        State state = new Folders(layout).version(release.id(), release.version()).state();
        if (state == State.SIGNED) {
            return Optional.of(again(candidate));
        }
        if (state == State.REMOVED) {
            checkReturn(candidate);
        } else if (unsigned.isPresent() && unsigned.get().has(release.version())) {
            checkSameContent(candidate, unsigned.get());
        }
        checkChain(candidate);
        return Optional.empty();
    }

    private void checkOwner(Candidate candidate, PackageState state) throws IOException {
        Did publisher = candidate.origin().publisher();
        if (state.owner().isPresent() && !state.owner().get().equals(publisher)) {
            throw new MarketplaceException(
                    ErrorCode.SECURITY,
                    candidate.release().id()
                            + " belongs to "
                            + state.owner().get()
                            + " in this registry: the release is signed by "
                            + publisher,
                    "choose another id, or one in a scope of your own such as you/"
                            + candidate.release().id().name());
        }
    }

    private Publication again(Candidate candidate) throws IOException {
        Release release = candidate.release();
        Listing there = records.listing(release.id(), release.version());
        Release known = there.release();
        if (known.content().equals(release.content())
                && known.about().equals(release.about())
                && known.dependencies().equals(release.dependencies())) {
            return new Publication(there, false);
        }
        keepEvidence(candidate);
        throw taken(candidate, "it is there with other content, and versions never change");
    }

    private void checkReturn(Candidate candidate) throws IOException {
        Release release = candidate.release();
        Optional<Records.Removed> removed = records.removed(release.id(), release.version());
        if (removed.isEmpty() || !removed.get().cid().equals(release.content().cid())) {
            throw taken(candidate, "it was unpublished, and only the same content may return");
        }
    }

    private void checkSameContent(Candidate candidate, UnsignedEntry unsigned) throws IOException {
        Release release = candidate.release();
        Release there =
                old.release(new OldArchives.Unsigned(release.id(), release.version(), unsigned));
        if (!there.content().cid().equals(release.content().cid())) {
            throw taken(candidate, "it is there unsigned, with other content");
        }
    }

    private static MarketplaceException taken(Candidate candidate, String why) {
        Version version = candidate.release().version();
        return new MarketplaceException(
                ErrorCode.ALREADY_EXISTS,
                candidate + " cannot be published: " + why,
                "publish it under a new version, such as "
                        + Version.of(version.major(), version.minor(), version.patch() + 1));
    }

    /** Refuses a second record at one place of a chain. */
    void checkChain(Candidate candidate) throws IOException {
        checkChain(candidate.origin(), candidate.envelope());
    }

    /** Refuses a second record at one place of a chain, and keeps it. */
    void checkChain(Origin origin, Envelope envelope) throws IOException {
        Sha256 record = envelope.recordId();
        Optional<Sha256> known = ledger.find(origin);
        if (known.isPresent() && !known.get().equals(record)) {
            keepEvidence(envelope);
            throw new MarketplaceException(
                    ErrorCode.SECURITY,
                    origin.publisher()
                            + " signed two records as number "
                            + origin.sequence()
                            + " of chain "
                            + origin.chain()
                            + ": "
                            + known.get()
                            + " is here, "
                            + record
                            + " is refused",
                    "if the key is yours, was its home copied or restored? Remove"
                            + " keys/NAME.chain there to begin a new chain, and publish again");
        }
    }

    private void keepEvidence(Candidate candidate) throws IOException {
        keepEvidence(candidate.envelope());
    }

    private void keepEvidence(Envelope envelope) throws IOException {
        DurableFiles.write(layout.evidence(envelope.recordId()), EnvelopeCodec.encode(envelope));
    }

    /** Brings a staged version in, and index.json up to it. */
    void admit(Candidate candidate, Staging staging, EntryText entry, OffsetTable table)
            throws IOException {
        Release release = candidate.release();
        Optional<Bytes> before = keeper.value(table, release.id());
        boolean signedOnly = table.isSignedOnly(release.id().text());
        ChangeLog.Place place = keeper.announce(release.id());
        staging.commit();
        try {
            EntryText merged = before.flatMap(EntryText::parse).orElseGet(EntryText::blank);
            merged.merge(entry);
            keeper.put(table, new Member(release.id().text(), merged.json(), signedOnly), place);
        } catch (IOException e) {
            rollBack(staging, e);
            throw e;
        }
        ledger.put(candidate.origin(), candidate.envelope().recordId());
    }

    private static void rollBack(Staging staging, IOException cause) {
        try {
            staging.rollBack();
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    /** Remembers where in its chain a record stands. */
    void enter(Origin origin, Envelope envelope) throws IOException {
        ledger.put(origin, envelope.recordId());
    }
}

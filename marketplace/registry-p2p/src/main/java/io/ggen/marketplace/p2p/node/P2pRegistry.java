package io.ggen.marketplace.p2p.node;

import io.ggen.marketplace.core.Listing;
import io.ggen.marketplace.core.PackageSource;
import io.ggen.marketplace.core.Publication;
import io.ggen.marketplace.core.Registry;
import io.ggen.marketplace.core.RegistryMetadata;
import io.ggen.marketplace.core.SearchResults;
import io.ggen.marketplace.core.VersionListing;
import io.ggen.marketplace.core.store.Hold;
import io.ggen.marketplace.model.Did;
import io.ggen.marketplace.model.Envelope;
import io.ggen.marketplace.model.EnvelopeCodec;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.PackageRef;
import io.ggen.marketplace.model.Query;
import io.ggen.marketplace.model.Release;
import io.ggen.marketplace.model.ReleaseVerifier;
import io.ggen.marketplace.model.SignedRecord;
import io.ggen.marketplace.model.Version;
import io.ggen.marketplace.p2p.catalogue.Admission;
import io.ggen.marketplace.p2p.catalogue.Catalogue;
import io.ggen.marketplace.p2p.catalogue.Held;
import io.ggen.marketplace.p2p.catalogue.Source;

import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The network as a registry. Reading asks the catalogue of this node, and peers about what it does
 * not know; publishing keeps the content here, admits the record and announces both. Closing it
 * does nothing: the node goes on.
 */
final class P2pRegistry implements Registry {
    private final Catalogue catalogue;
    private final Inquiry inquiry;
    private final Downloads downloads;
    private final Intake intake;
    private final Announcements announcements;
    private final String location;
    private final ReentrantLock publishing = new ReentrantLock();

    P2pRegistry(Parts parts, Inquiry inquiry, Downloads downloads, Announcements announcements) {
        this.catalogue = parts.catalogue();
        this.inquiry = inquiry;
        this.downloads = downloads;
        this.intake = new Intake(parts.holdings(), Contents.policy(parts.context().options()));
        this.announcements = announcements;
        this.location = "the network, as " + parts.host().peerId();
    }

    @Override
    public SearchResults search(Query query) {
        return inquiry.search(query);
    }

    @Override
    public List<VersionListing> listVersions(PackageRef ref) {
        List<VersionListing> known = catalogue.versions(ref);
        if ((known.isEmpty() || inquiry.isPartial()) && inquiry.askAbout(ref)) {
            known = catalogue.versions(ref);
        }
        checkOneClaimant(ref, known);
        return known;
    }

    /** Refuses a bare name that several publishers have. */
    private static void checkOneClaimant(PackageRef ref, List<VersionListing> versions) {
        Set<String> claimants = new TreeSet<>();
        versions.forEach(it -> it.publisher().map(Did::text).ifPresent(claimants::add));
        if (claimants.size() < 2) {
            return;
        }
        var lines = new StringBuilder();
        claimants.forEach(did ->
                lines.append("\n  ggen marketplace install ")
                        .append(ref.id())
                        .append(" --publisher ")
                        .append(did));
        throw new MarketplaceException(
                ErrorCode.AMBIGUOUS_NAME,
                "Several publishers have a package " + ref.id() + ".",
                "Say whose you mean:" + lines,
                Map.of("id", ref.id().text(), "publishers", String.join(" ", claimants)));
    }

    @Override
    public Optional<Listing> getPackage(PackageRef ref) {
        return VersionListing.newest(listVersions(ref))
                .flatMap(it -> getPackageVersion(ref, it.version()));
    }

    @Override
    public Optional<Listing> getPackageVersion(PackageRef ref, Version version) {
        listVersions(ref);
        List<Held> held = catalogue.releases(ref, version);
        return held.stream().filter(it -> !it.isContradicted()).findFirst().map(Held::listing);
    }

    @Override
    public boolean exists(PackageRef ref) {
        return !listVersions(ref).isEmpty();
    }

    @Override
    public List<PackageId> similar(PackageId id, int most) {
        return catalogue.similar(id, most);
    }

    @Override
    public List<PackageId> beginning(String prefix, int most) {
        return catalogue.beginning(prefix, most);
    }

    @Override
    public long lastSequence(Did publisher, String chain) {
        return catalogue.lastSequence(publisher, chain);
    }

    @Override
    public Optional<Instant> asOf() {
        return catalogue.lastExchange();
    }

    @Override
    public Publication publish(Envelope envelope, PackageSource content) {
        var signed = new SignedRecord.OfRelease(envelope, ReleaseVerifier.release(envelope));
        publishing.lock();
        try {
            Optional<SignedRecord.OfRelease> first =
                    catalogue.firstRelease(
                            PackageRef.of(signed.release().id(), signed.signedBy().publisher()),
                            signed.release().version());
            if (first.isPresent()) {
                return again(signed, first.get(), content);
            }
            intake.take(signed, content, Hold.Reason.PUBLISHED);
            admit(signed);
        } finally {
            publishing.unlock();
        }
        announcements.announce(signed);
        return new Publication(listing(signed), true);
    }

    /** Publishes a version that is known: the first record of it stays the one. */
    private Publication again(
            SignedRecord.OfRelease now, SignedRecord.OfRelease first, PackageSource content) {
        if (!first.release().content().equals(now.release().content())
                || !first.release().about().equals(now.release().about())
                || !first.release().dependencies().equals(now.release().dependencies())) {
            throw exists(now.release());
        }
        intake.take(first, content, Hold.Reason.PUBLISHED);
        boolean wasListed = !listed(first).isEmpty();
        admit(first);
        announcements.announce(first);
        return new Publication(listing(first), !wasListed);
    }

    private static MarketplaceException exists(Release release) {
        return new MarketplaceException(
                ErrorCode.ALREADY_EXISTS,
                release.id()
                        + "@"
                        + release.version()
                        + " is published with other content: a version never changes.",
                "Publish it under a higher version.",
                Map.of("id", release.id().text(), "version", release.version().toString()));
    }

    private void admit(SignedRecord signed) {
        Admission admission =
                catalogue.admit(EnvelopeCodec.encode(signed.envelope()), new Source.Own());
        switch (admission) {
            case Admission.Admitted _, Admission.Known _ -> {
                // it is in the catalogue
            }
            case Admission.Refused refused ->
                    throw new MarketplaceException(
                            ErrorCode.PERMISSION_DENIED,
                            "The catalogue of this node does not take the record: "
                                    + refused.reason().name().toLowerCase(java.util.Locale.ROOT)
                                    + ".",
                            "Look into deny.toml of this home, at the clock, and at"
                                    + " catalogue_records in config.toml.");
            case Admission.Invalid(MarketplaceException reason) -> throw reason;
        }
    }

    private Listing listing(SignedRecord.OfRelease signed) {
        return listed(signed).getFirst().listing();
    }

    private List<Held> listed(SignedRecord.OfRelease signed) {
        PackageRef ref = PackageRef.of(signed.release().id(), signed.signedBy().publisher());
        return catalogue.releases(ref, signed.release().version());
    }

    @Override
    public void yank(Envelope envelope) {
        var signed = new SignedRecord.OfYank(envelope, ReleaseVerifier.yank(envelope));
        PackageId id = signed.yank().id();
        Version version = signed.yank().version();
        List<Held> all = catalogue.releases(PackageRef.of(id), version);
        if (all.isEmpty()) {
            throw absent(id, version);
        }
        Did signer = signed.signedBy().publisher();
        if (all.stream().noneMatch(it -> it.signed().signedBy().publisher().equals(signer))) {
            throw new MarketplaceException(
                    ErrorCode.SECURITY,
                    "The yank of " + id + "@" + version + " is not from its publisher.",
                    "Sign it with the key that published the release.");
        }
        admit(signed);
        announcements.tell(signed);
    }

    private static MarketplaceException absent(PackageId id, Version version) {
        return new MarketplaceException(
                ErrorCode.PACKAGE_NOT_FOUND,
                "The network has no " + id + "@" + version + ", as far as this node knows.",
                "List its versions: ggen marketplace info " + id);
    }

    @Override
    public void delete(PackageRef ref, Version version) {
        Held held =
                catalogue.releases(ref, version).stream()
                        .findFirst()
                        .orElseThrow(() -> absent(ref.id(), version));
        catalogue.withdraw(held.signed().recordId());
        intake.giveBack(held.signed().release().content());
        announcements.forget(held.signed());
    }

    @Override
    public InputStream open(Listing listing) {
        return downloads.open(listing);
    }

    @Override
    public RegistryMetadata metadata() {
        return new RegistryMetadata(
                Held.SOURCE, location, OptionalLong.of(catalogue.status().packages()));
    }

    @Override
    public void close() {
        // the node is not the registry's to end
    }
}

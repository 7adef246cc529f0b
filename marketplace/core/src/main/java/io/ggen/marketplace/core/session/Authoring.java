package io.ggen.marketplace.core.session;

import io.ggen.base.Sha256;
import io.ggen.marketplace.core.Listing;
import io.ggen.marketplace.core.Registry;
import io.ggen.marketplace.core.imports.ImportFormat;
import io.ggen.marketplace.core.imports.ImportLog;
import io.ggen.marketplace.core.imports.ImportOutcome;
import io.ggen.marketplace.core.imports.Importer;
import io.ggen.marketplace.core.imports.Mirror;
import io.ggen.marketplace.core.imports.RegistryTarget;
import io.ggen.marketplace.core.imports.WebIndex;
import io.ggen.marketplace.core.keys.Chain;
import io.ggen.marketplace.core.keys.KeyInfo;
import io.ggen.marketplace.core.keys.SigningKey;
import io.ggen.marketplace.core.publish.KnownPublishers;
import io.ggen.marketplace.core.publish.PackageSender;
import io.ggen.marketplace.core.publish.PublishOutcome;
import io.ggen.marketplace.core.publish.PublishRequest;
import io.ggen.marketplace.core.publish.Publisher;
import io.ggen.marketplace.model.Did;
import io.ggen.marketplace.model.Envelope;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.PackageRef;
import io.ggen.marketplace.model.Version;
import io.ggen.marketplace.model.Yank;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** What an author does: publish, import, yank, remove. Blocks on I/O. */
public final class Authoring {
    private final Session session;

    Authoring(Session session) {
        this.session = session;
    }

    /** Publishes directories into the registry that own packages go to. */
    public PublishOutcome publish(PublishRequest request) {
        Registry registry = session.publishing();
        var services =
                new Publisher.Services(
                        new KnownPublishers(
                                () -> session.trust().read(), id -> Optional.empty(), registry),
                        session.clock());
        return new Publisher(session.keys(), registry, services).publish(request);
    }

    /** Imports foreign packages, signed by the key called {@code keyName}. */
    public ImportOutcome importFrom(Path source, ImportFormat format, String keyName) {
        return importFrom(source, source.toString(), format, keyName);
    }

    /**
     * Imports an index on the web with the archives below it.
     *
     * @throws MarketplaceException NETWORK where it cannot be had, or must not be
     */
    public ImportOutcome importFrom(String address, ImportFormat format, String keyName) {
        if (session.offline()) {
            throw new MarketplaceException(
                    ErrorCode.NETWORK,
                    address + " is on the network, which --offline forbids",
                    "leave --offline out, or fetch the index and import the file");
        }
        try (var web = new WebIndex(address, session.progress())) {
            return importFrom(web.fetch(), address, format, keyName);
        } catch (IOException e) {
            throw new MarketplaceException(
                            ErrorCode.STORAGE,
                            "cannot keep " + address + " for a moment: " + e.getMessage(),
                            "make room for temporary files")
                    .causedBy(e);
        }
    }

    private ImportOutcome importFrom(
            Path source, String shown, ImportFormat format, String keyName) {
        try (var sender =
                        PackageSender.open(
                                session.keys(), keyName, session.publishing(), session.clock());
                var target = new RegistryTarget(sender, new ImportLog(session.home()))) {
            if (sender.isNewKey()) {
                session.progress()
                        .say(
                                "made your publisher key "
                                        + sender.self()
                                        + "; keep it safe: ggen m key export > FILE");
            }
            return Importer.run(source, shown, format, target, session.progress());
        }
    }

    /**
     * Copies signed releases from one registry to another; what is there already stays.
     *
     * @param from where from, as {@link Session#registry(String)} takes it
     * @param query what to copy; empty for all
     * @param imported whether releases that this home imported from elsewhere are copied, too
     */
    public ImportOutcome mirror(String from, String to, String query, boolean imported) {
        try (Registry source = session.registry(from);
                Registry target = session.registry(to)) {
            Set<Sha256> leftOut = new HashSet<>();
            if (!imported) {
                new ImportLog(session.home()).read().forEach(line -> leftOut.add(line.recordId()));
            }
            return Mirror.run(
                    source, target, new Mirror.Choice(query, leftOut), session.progress());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read which releases were imported", e);
        }
    }

    /**
     * Says that a version should not be newly chosen.
     *
     * @throws MarketplaceException PERMISSION_DENIED where it is not of one of the home's keys
     */
    public void yank(PackageId id, Version version, String reason) {
        PackageRef ref = new PackageRef(id, session.publisherDid());
        Listing listing = session.packages().find(ref, Optional.of(version));
        SigningKey key = ownKey(listing);
        var now = session.clock().instant().truncatedTo(ChronoUnit.SECONDS);
        try (Chain chain = session.keys().chain(key)) {
            chain.observe(session.registry().lastSequence(key.did(), chain.id()));
            Envelope yank =
                    chain.append(origin ->
                            Envelope.seal(new Yank(origin, id, version, now, reason), key));
            session.registry().yank(yank);
            chain.acknowledge(yank.recordId());
        }
    }

    private SigningKey ownKey(Listing listing) {
        Did publisher =
                listing.release()
                        .publisher()
                        .orElseThrow(() ->
                                new MarketplaceException(
                                        ErrorCode.PERMISSION_DENIED,
                                        listing.release().id() + " is not signed",
                                        "unpublish removes it from the file registry"));
        for (KeyInfo key : session.keys().list()) {
            if (key.did().filter(publisher::equals).isPresent()) {
                return session.keys().open(key.name());
            }
        }
        throw new MarketplaceException(
                ErrorCode.PERMISSION_DENIED,
                listing.release().id() + " belongs to " + publisher + ", whose key is not here",
                "only its publisher can yank it; `ggen m key import` takes a key over");
    }

    /**
     * Removes a version from the registry. What others hold of the network nobody can take back: of
     * an own release they are told that it should not be newly chosen.
     *
     * @return whether others were told
     */
    public boolean unpublish(PackageId id, Version version) {
        PackageRef ref = new PackageRef(id, session.publisherDid());
        Listing listing = session.packages().find(ref, Optional.of(version));
        boolean isTold =
                !session.registry().metadata().isLocal()
                        && listing.yank().isEmpty()
                        && isOwn(listing);
        if (isTold) {
            yank(id, version, "unpublished");
        }
        session.registry().delete(ref, version);
        return isTold;
    }

    private boolean isOwn(Listing listing) {
        Optional<Did> publisher = listing.release().publisher();
        return publisher.isPresent()
                && session.keys().list().stream().anyMatch(key -> key.did().equals(publisher));
    }
}

package io.ggen.marketplace.core.install;

import io.ggen.content.BlockSource;
import io.ggen.content.ContentDigest;
import io.ggen.content.ContentException;
import io.ggen.content.Ingested;
import io.ggen.content.TarIngest;
import io.ggen.marketplace.core.Listing;
import io.ggen.marketplace.core.Registry;
import io.ggen.marketplace.core.install.lock.LockedPackage;
import io.ggen.marketplace.core.store.ContentWriter;
import io.ggen.marketplace.core.store.StorageFailure;
import io.ggen.marketplace.core.store.StoreWriter;
import io.ggen.marketplace.core.store.StoredContent;
import io.ggen.marketplace.core.store.StoredRelease;
import io.ggen.marketplace.core.trust.Evidence;
import io.ggen.marketplace.model.Content;
import io.ggen.marketplace.model.Did;
import io.ggen.marketplace.model.Envelope;
import io.ggen.marketplace.model.EnvelopeCodec;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.model.Release;
import io.ggen.marketplace.model.ReleaseVerifier;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Gets the content of packages: from the store where it is, else from the registry, verified
 * against record and lockfile. Thread-safe, but for one package one thread.
 */
final class Fetch {
    private final InstallEnvironment environment;
    private final Set<Flag> flags;
    private final StoreWriter writer;
    private final Doubt doubt;

    Fetch(InstallEnvironment environment, Set<Flag> flags, StoreWriter writer, Doubt doubt) {
        this.environment = environment;
        this.flags = flags;
        this.writer = writer;
        this.doubt = doubt;
    }

    /** A content that is at hand: its identity, and its blocks, which whoever reads them checks. */
    record Fetched(ContentDigest digest, BlockSource blocks) {}

    /** Returns the listing of a locked package, believed only when its signature holds. */
    Listing verified(LockedPackage one, Optional<Listing> known) throws IOException {
        Optional<Listing> found =
                known.or(() -> registry().getPackageVersion(one.ref(), one.version()));
        if (found.isEmpty()) {
            throw new Missing(environment, registry(), doubt).explain(one);
        }
        Listing listing = found.get();
        if (listing.envelope().isPresent()) {
            checkRecord(one, listing, listing.envelope().get());
        } else {
            checkUnsigned(one, listing);
        }
        Content content = listing.release().content();
        if (!content.cid().equals(one.cid())) {
            throw otherBytes(one, listing, "cid", content.cid().toString());
        }
        if (!content.sha256().equals(one.integrity())) {
            throw otherBytes(one, listing, "integrity", content.sha256().toString());
        }
        return listing;
    }

    /** Returns that lockfile and record disagree: one was changed, or its publisher signed two. */
    private MarketplaceException otherBytes(
            LockedPackage one, Listing listing, String key, String signed) throws IOException {
        if (listing.envelope().isPresent()) {
            Envelope now = listing.envelope().get();
            Optional<Envelope> before = Seen.of(environment, List.of(one)).envelope(one);
            if (before.isPresent()) {
                return twoContents(one, before.get(), now);
            }
            new Evidence(environment.home()).keep(one.id(), one.version(), now);
        }
        return doubt.refused(one, key, "the signed record in the registry says " + signed);
    }

    /** Keeps two records that contradict each other, and returns that neither is installed. */
    MarketplaceException twoContents(LockedPackage one, Envelope before, Envelope now)
            throws IOException {
        var evidence = new Evidence(environment.home());
        evidence.keep(one.id(), one.version(), before);
        return contradiction(one, evidence.keep(one.id(), one.version(), now));
    }

    /** Returns that a version is not to be trusted any more. */
    static MarketplaceException contradiction(LockedPackage one, Path evidence) {
        return new MarketplaceException(
                ErrorCode.SECURITY,
                one
                        + " is refused: "
                        + one.publisher().map(Did::text).orElse("nobody")
                        + " signed two different contents as this version. Both records are kept in "
                        + evidence
                        + ".",
                "What is installed stays. Ask the publisher which one is right, show them these"
                        + " records, and take another version.",
                Map.of(
                        "id",
                        one.id().text(),
                        "version",
                        one.version().toString(),
                        "evidence",
                        evidence.toString()));
    }

    private synchronized Registry registry() {
        Registry registry = environment.registry().get();
        if (flags.contains(Flag.OFFLINE)) {
            refuseRemote(registry);
        }
        return registry;
    }

    private static void checkRecord(LockedPackage one, Listing listing, Envelope envelope) {
        Release signed = believed(one, envelope);
        if (!signed.equals(listing.release())
                || !signed.id().equals(one.id())
                || !signed.version().equals(one.version())) {
            throw security(one, "the registry says other things than the signed record");
        }
        if (!signed.publisher().equals(one.publisher())) {
            throw security(
                    one,
                    "it is signed by "
                            + signed.publisher().map(Did::text).orElse("nobody")
                            + ", not by "
                            + one.publisher().map(Did::text).orElse("nobody"));
        }
    }

    private static Release believed(LockedPackage one, Envelope envelope) {
        try {
            return ReleaseVerifier.release(envelope);
        } catch (MarketplaceException e) {
            throw security(one, String.valueOf(e.getMessage())).causedBy(e);
        }
    }

    private void checkUnsigned(LockedPackage one, Listing listing) {
        if (one.publisher().isPresent()) {
            throw security(one, "its release is not signed");
        }
        if (!listing.source().equals("file")) {
            throw security(one, "it is not signed, and only files may be unsigned");
        }
        refuseUnsigned(one, flags);
    }

    static void refuseUnsigned(LockedPackage one, Set<Flag> flags) {
        if (one.publisher().isEmpty() && !flags.contains(Flag.ALLOW_UNSIGNED)) {
            throw new MarketplaceException(
                    ErrorCode.SECURITY,
                    one + " is not signed: nobody answers for it.",
                    "Ask its author to publish it, or trust this copy with --allow-unsigned.",
                    Map.of("id", one.id().text()));
        }
    }

    /** Brings the content from the registry into the store's session. */
    Fetched fromRegistry(LockedPackage one, Listing listing) throws IOException {
        ContentWriter content = writer.content();
        try (InputStream in = registry().open(listing)) {
            Ingested ingested =
                    one.publisher().isPresent()
                            ? TarIngest.read(in, environment.settings().policy(), content)
                            : TarIngest.readPlain(
                                    in, environment.settings().policy(), content, content);
            check(one, listing.release().content(), ingested.digest());
            content.keep(ingested.digest());
            keepRelease(one, listing);
            return new Fetched(ingested.digest(), content);
        } catch (ContentException e) {
            throw security(one, "its content is refused: " + e.getMessage()).causedBy(e);
        }
    }

    /** Remembers the verified record beside its content. */
    void keepRelease(LockedPackage one, Listing listing) {
        if (listing.envelope().isPresent() && one.publisher().isPresent()) {
            writer.keep(
                    new StoredRelease(
                            one.publisher().get(),
                            one.id(),
                            one.version(),
                            one.integrity(),
                            EnvelopeCodec.encode(listing.envelope().get())));
        }
    }

    private static void check(LockedPackage one, Content promised, ContentDigest found) {
        String different =
                !found.cid().equals(one.cid())
                        ? "CID"
                        : !found.sha256().equals(one.integrity())
                                ? "SHA-256"
                                : found.sizeBytes() != promised.sizeBytes()
                                                || found.files() != promised.files()
                                        ? "size"
                                        : "";
        if (!different.isEmpty()) {
            throw security(one, "the bytes that came do not have the " + different + " promised");
        }
    }

    Fetched fromStore(StoredContent content) {
        return new Fetched(content.digest(), environment.store().blocks(content));
    }

    /** Refuses a registry that is not on this machine. */
    static void refuseRemote(Registry registry) {
        if (!registry.metadata().isLocal()) {
            throw new MarketplaceException(
                    ErrorCode.NETWORK,
                    "The registry "
                            + registry.metadata().location()
                            + " is needed but --offline forbids to ask it.",
                    "Run the command once without --offline, or take --registry file.");
        }
    }

    static MarketplaceException notFound(String what) {
        return new MarketplaceException(
                ErrorCode.PACKAGE_NOT_FOUND,
                "The registry does not have " + what + ".",
                "It may have been unpublished: `ggen m update` chooses another version, `--registry`"
                        + " asks elsewhere.");
    }

    static MarketplaceException security(LockedPackage one, String reason) {
        return new MarketplaceException(
                ErrorCode.SECURITY,
                one + " is refused: " + reason + ".",
                "Nothing of it was installed. Take it from another registry, and tell its publisher.",
                Map.of("id", one.id().text(), "version", one.version().toString()));
    }

    static MarketplaceException storage(String what, IOException e) {
        return StorageFailure.of(what, e);
    }
}

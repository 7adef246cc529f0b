package io.ggen.marketplace.p2p.node;

import io.ggen.content.ArchivePolicy;
import io.ggen.content.ContentDigest;
import io.ggen.content.ContentException;
import io.ggen.content.TarIngest;
import io.ggen.marketplace.core.PackageSource;
import io.ggen.marketplace.core.store.ContentWriter;
import io.ggen.marketplace.core.store.Hold;
import io.ggen.marketplace.core.store.StorageFailure;
import io.ggen.marketplace.core.store.StoreWriter;
import io.ggen.marketplace.model.Content;
import io.ggen.marketplace.model.ErrorCode;
import io.ggen.marketplace.model.MarketplaceException;
import io.ggen.marketplace.model.SignedRecord;

import java.io.IOException;

/** Takes contents that are published from here into the store. Blocks on the disk. */
final class Intake {
    private final Holdings holdings;
    private final ArchivePolicy policy;

    Intake(Holdings holdings, ArchivePolicy policy) {
        this.holdings = holdings;
        this.policy = policy;
    }

    /**
     * Reads a content, holds it against its release, and keeps and holds it.
     *
     * @throws MarketplaceException SECURITY where it is other content than was signed, STORAGE
     *     where it cannot be read or written; then nothing is kept
     */
    void take(SignedRecord.OfRelease signed, PackageSource source, Hold.Reason reason) {
        Content content = signed.release().content();
        if (holdings.whole(content.sha256()).isEmpty()) {
            store(signed, source);
        }
        holdings.hold(content, reason);
    }

    private void store(SignedRecord.OfRelease signed, PackageSource source) {
        try (StoreWriter writer = holdings.store().writer()) {
            ContentWriter content = writer.content();
            ContentDigest digest = read(source, content);
            if (!digest.equals(Contents.digest(signed.release().content()))) {
                throw refused(signed, "it is not what was signed");
            }
            content.keep(digest);
            writer.keep(Contents.stored(signed));
            writer.commit();
        } catch (ContentException e) {
            throw refused(signed, String.valueOf(e.getMessage())).causedBy(e);
        } catch (IOException e) {
            throw StorageFailure.of("take in the content of " + signed.release().id(), e);
        }
    }

    private ContentDigest read(PackageSource source, ContentWriter content) throws IOException {
        try (var tar = new TarPipe(source)) {
            return TarIngest.read(tar, policy, content).digest();
        }
    }

    private static MarketplaceException refused(SignedRecord.OfRelease signed, String reason) {
        return new MarketplaceException(
                ErrorCode.SECURITY,
                "The content of "
                        + signed.release().id()
                        + "@"
                        + signed.release().version()
                        + " is refused: "
                        + reason
                        + ".",
                "Publish the package again from its directory.");
    }

    /** Ends the hold of a content that is no longer published from here. */
    void giveBack(Content content) {
        holdings.release(content.cid(), Hold.Reason.PUBLISHED);
    }
}

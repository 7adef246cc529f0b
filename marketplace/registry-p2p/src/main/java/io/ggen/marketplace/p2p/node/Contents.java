package io.ggen.marketplace.p2p.node;

import io.ggen.base.Sha256;
import io.ggen.content.ArchivePolicy;
import io.ggen.content.BlockSource;
import io.ggen.content.CanonicalTar;
import io.ggen.content.ContentDigest;
import io.ggen.content.ContentException;
import io.ggen.content.FileTree;
import io.ggen.content.TreeEntry;
import io.ggen.content.UnixFsWalk;
import io.ggen.marketplace.core.network.NetworkOptions;
import io.ggen.marketplace.core.store.StoredRelease;
import io.ggen.marketplace.model.Content;
import io.ggen.marketplace.model.EnvelopeCodec;
import io.ggen.marketplace.model.SignedRecord;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.function.Consumer;

/** Blocks read as packages. Stateless. */
final class Contents {
    private static final int SMALL = 1 << 20;

    private Contents() {}

    /** Returns how large a package may be. */
    static ArchivePolicy policy(NetworkOptions options) {
        return ArchivePolicy.standard().withMaxUnpacked(options.maxUnpacked().bytes());
    }

    /** Returns what a release says of its content, in the form of the store. */
    static ContentDigest digest(Content content) {
        return new ContentDigest(
                content.cid(),
                content.sha256(),
                content.sizeBytes(),
                content.files(),
                content.executables());
    }

    /** Returns a verified release in the form of the store. */
    static StoredRelease stored(SignedRecord.OfRelease signed) {
        return new StoredRelease(
                signed.signedBy().publisher(),
                signed.release().id(),
                signed.release().version(),
                signed.release().content().sha256(),
                EnvelopeCodec.encode(signed.envelope()));
    }

    /**
     * Reads the blocks as the tree that a release promises: files, sizes and canonical tar.
     *
     * @return whether all of it is as promised
     * @throws io.ggen.content.ContentException where a block is missing or the DAG is not canonical
     */
    static boolean isAsPromised(Content promised, BlockSource blocks, ArchivePolicy policy)
            throws IOException {
        FileTree tree = UnixFsWalk.tree(promised.cid(), promised.executables(), blocks, policy);
        long size = 0;
        for (TreeEntry.RegularFile file : tree.files()) {
            size += file.size();
        }
        MessageDigest sha256 = Sha256.digest();
        try (var out = new DigestOutputStream(OutputStream.nullOutputStream(), sha256)) {
            CanonicalTar.write(tree, out);
        }
        return size == promised.sizeBytes()
                && tree.files().size() == promised.files()
                && Sha256.finish(sha256).equals(promised.sha256());
    }

    /**
     * Opens the canonical tar of blocks; a large one is made while it is read.
     *
     * @param damage hears of a missing or wrong block that is met while a large one is read
     */
    static InputStream tar(
            Content content,
            BlockSource blocks,
            ArchivePolicy policy,
            Consumer<ContentException> damage)
            throws IOException {
        FileTree tree = UnixFsWalk.tree(content.cid(), content.executables(), blocks, policy);
        if (CanonicalTar.length(tree) <= SMALL) {
            var whole = new ByteArrayOutputStream((int) CanonicalTar.length(tree));
            CanonicalTar.write(tree, whole);
            return new ByteArrayInputStream(whole.toByteArray());
        }
        return new TarPipe(out -> {
            try {
                CanonicalTar.write(tree, out);
            } catch (ContentException e) {
                damage.accept(e);
                throw e;
            }
        });
    }
}

package io.ggen.marketplace.core.session;

import io.ggen.base.Bytes;
import io.ggen.content.ArchivePolicy;
import io.ggen.content.ContentDigest;
import io.ggen.content.ContentException;
import io.ggen.content.TarIngest;
import io.ggen.content.TreeEntry;
import io.ggen.content.UnixFsWalk;
import io.ggen.marketplace.core.Listing;
import io.ggen.marketplace.core.Registry;
import io.ggen.multiformats.Cid;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Reads the README of a package out of its content, by the one strict reader. */
final class Readme {
    /** Larger packages are not unpacked for it. */
    private static final long MOST_CONTENT = 16L << 20;

    private static final int MOST_TEXT = 64 * 1024;

    private final Registry registry;

    Readme(Registry registry) {
        this.registry = registry;
    }

    /** Returns the text, cut at 64 KiB; nothing where the content is not to be had or is large. */
    Optional<String> of(Listing listing) {
        if (listing.release().content().sizeBytes() > MOST_CONTENT) {
            return Optional.empty();
        }
        try (InputStream tar = registry.open(listing)) {
            return read(tar);
        } catch (ContentException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + listing.release().id(), e);
        }
    }

    private static Optional<String> read(InputStream tar) throws IOException {
        Map<Cid, Bytes> blocks = new HashMap<>();
        ArchivePolicy policy = ArchivePolicy.standard().withMaxUnpacked(4 * MOST_CONTENT);
        ContentDigest content =
                TarIngest.readPlain(
                                tar,
                                policy,
                                (cid, block) -> blocks.put(cid, copy(block)),
                                cid -> Optional.ofNullable(blocks.get(cid)))
                        .digest();
        for (TreeEntry entry :
                UnixFsWalk.tree(
                                content.cid(),
                                content.executables(),
                                cid -> Optional.ofNullable(blocks.get(cid)),
                                policy)
                        .entries()) {
            if (entry instanceof TreeEntry.RegularFile file && isReadme(file.path())) {
                return Optional.of(text(file));
            }
        }
        return Optional.empty();
    }

    private static Bytes copy(ByteBuffer block) {
        byte[] copy = new byte[block.remaining()];
        block.duplicate().get(copy);
        return Bytes.wrap(copy);
    }

    private static boolean isReadme(String path) {
        return path.equalsIgnoreCase("README.md") || path.equalsIgnoreCase("README");
    }

    private static String text(TreeEntry.RegularFile file) throws IOException {
        try (InputStream in = file.source().open()) {
            return new String(in.readNBytes(MOST_TEXT), StandardCharsets.UTF_8);
        }
    }
}

package io.ggen.marketplace.core;

import io.ggen.base.Bytes;
import io.ggen.content.BlockSink;
import io.ggen.content.ByteSource;
import io.ggen.content.CanonicalTar;
import io.ggen.content.ContentDigest;
import io.ggen.content.ContentHasher;
import io.ggen.content.FileTree;
import io.ggen.content.TreeEntry;
import io.ggen.marketplace.model.Content;
import io.ggen.marketplace.model.Envelope;
import io.ggen.marketplace.model.Release;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** A signed release with its content, ready to be published. */
public record SamplePackage(Release release, Envelope envelope, FileTree tree) {
    /** Returns the tree of a package whose one file holds {@code text}. */
    public static FileTree tree(String text) {
        Bytes bytes = Bytes.utf8(text);
        return FileTree.of(
                List.of(
                        new TreeEntry.RegularFile(
                                "README.md", bytes.length(), false, ByteSource.of(bytes))));
    }

    /** Returns the identity of {@code tree}. */
    public static Content content(FileTree tree) {
        try {
            ContentDigest digest = ContentHasher.digest(tree, BlockSink.discard());
            return new Content(
                    digest.cid(),
                    digest.sha256(),
                    digest.sizeBytes(),
                    digest.files(),
                    digest.executables());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns what a registry reads the content from. */
    public PackageSource source() {
        return out -> CanonicalTar.write(tree, out);
    }

    /** Returns the canonical tar. */
    public Bytes tar() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            CanonicalTar.write(tree, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Bytes.wrap(out.toByteArray());
    }

    /** Publishes this in {@code registry}. */
    public Publication publishIn(Registry registry) {
        return registry.publish(envelope, source());
    }
}

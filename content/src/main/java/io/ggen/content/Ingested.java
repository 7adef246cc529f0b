package io.ggen.content;

import io.ggen.base.Sha256;

/**
 * What an archive held, now that its blocks are with the sink.
 *
 * @param digest identity of the content
 * @param archive SHA-256 of the uncompressed archive as it was read; equal to {@code
 *     digest.sha256()} exactly when it is the canonical tar
 * @param entries number of files and folders, the root left out
 */
public record Ingested(ContentDigest digest, Sha256 archive, int entries) {
    /** Returns whether the archive is byte for byte the canonical tar of its content. */
    public boolean isCanonical() {
        return archive.equals(digest.sha256());
    }
}

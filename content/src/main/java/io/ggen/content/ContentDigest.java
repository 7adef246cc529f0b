package io.ggen.content;

import io.ggen.base.Sha256;
import io.ggen.multiformats.Cid;

import java.util.List;

/**
 * The identity of a tree of files.
 *
 * @param cid root of its UnixFS directory
 * @param sha256 of its canonical tar
 * @param sizeBytes sum of the file sizes in bytes
 * @param files number of files
 * @param executables paths of files with the executable bit, in canonical order
 */
public record ContentDigest(
        Cid cid, Sha256 sha256, long sizeBytes, int files, List<String> executables) {
    /** Copies the list. */
    public ContentDigest {
        executables = List.copyOf(executables);
    }
}

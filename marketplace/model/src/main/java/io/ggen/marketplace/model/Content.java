package io.ggen.marketplace.model;

import io.ggen.base.Sha256;
import io.ggen.multiformats.Cid;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Which bytes a release consists of.
 *
 * @param cid root of the UnixFS directory: the identity of the content
 * @param sha256 of the canonical tar
 * @param sizeBytes sum of the file sizes in bytes
 * @param files number of files
 * @param executables paths of files with the executable bit, sorted
 */
public record Content(Cid cid, Sha256 sha256, long sizeBytes, int files, List<String> executables) {
    /** Copies the list. */
    public Content {
        executables = List.copyOf(executables);
    }

    // A record's own ways are made at run time and cost each process some 10 ms.

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Content it
                && cid.equals(it.cid)
                && sha256.equals(it.sha256)
                && sizeBytes == it.sizeBytes
                && files == it.files
                && executables.equals(it.executables);
    }

    @Override
    public int hashCode() {
        return sha256.hashCode();
    }
}

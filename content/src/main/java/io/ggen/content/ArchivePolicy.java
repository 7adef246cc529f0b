package io.ggen.content;

/**
 * What an archive or a DAG may cost before it is refused; the limits of paths are {@link
 * PathRules}'.
 *
 * @param maxUnpackedBytes sum of all file sizes; default 1 GiB
 * @param maxFileBytes size of one file; default 1 GiB
 * @param maxEntries files and folders, the headers of an archive counted too; default 50,000
 * @param maxRatio unpacked to packed bytes, beyond {@code ratioFloor}; default 100
 * @param ratioFloor unpacked bytes up to which the ratio does not matter; default 64 MiB
 */
public record ArchivePolicy(
        long maxUnpackedBytes, long maxFileBytes, int maxEntries, int maxRatio, long ratioFloor) {
    /** Refuses limits below one. */
    public ArchivePolicy {
        if (maxUnpackedBytes < 1
                || maxFileBytes < 1
                || maxEntries < 1
                || maxRatio < 1
                || ratioFloor < 0) {
            throw new IllegalArgumentException("limits are at least one");
        }
    }

    /** Returns the default limits. */
    public static ArchivePolicy standard() {
        return new ArchivePolicy(1L << 30, 1L << 30, 50_000, 100, 64L << 20);
    }

    /** Returns these limits with another bound on all bytes and on each file. */
    public ArchivePolicy withMaxUnpacked(long bytes) {
        return new ArchivePolicy(bytes, bytes, maxEntries, maxRatio, ratioFloor);
    }

    /** Returns these limits with another bound on entries. */
    public ArchivePolicy withMaxEntries(int entries) {
        return new ArchivePolicy(maxUnpackedBytes, maxFileBytes, entries, maxRatio, ratioFloor);
    }
}

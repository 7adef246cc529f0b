package io.ggen.marketplace.core.publish;

import io.ggen.base.ByteSize;

/**
 * How large a package may be.
 *
 * @param total of all files together; default 100 MiB
 * @param file of one file; default 100 MiB
 * @param entries files and folders; default 50,000, which is what an installation takes
 */
public record PublishLimits(ByteSize total, ByteSize file, int entries) {
    /** Returns the default limits. */
    public static PublishLimits standard() {
        return new PublishLimits(ByteSize.mib(100), ByteSize.mib(100), 50_000);
    }
}

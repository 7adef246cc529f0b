package io.ggen.marketplace.core;

import java.io.IOException;
import java.io.OutputStream;

/** The content of a package that is being published, readable as often as needed. */
@FunctionalInterface
public interface PackageSource {
    /** Writes the canonical tar, uncompressed. Blocks on I/O. */
    void writeTar(OutputStream out) throws IOException;
}

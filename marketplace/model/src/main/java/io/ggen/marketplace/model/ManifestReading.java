package io.ggen.marketplace.model;

import java.util.List;

/** What came of reading a manifest. */
public sealed interface ManifestReading {
    /**
     * It can be published.
     *
     * @param warnings what the author probably did not mean
     */
    record Sound(Manifest manifest, List<Fault> warnings) implements ManifestReading {}

    /** It cannot: all faults at once, in the order of their places. */
    record Faulty(List<Fault> faults) implements ManifestReading {}
}

package io.ggen.marketplace.core.network;

import io.ggen.marketplace.model.Did;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.Version;
import io.ggen.multiformats.Cid;

import java.time.Instant;

/**
 * A release that is kept and served on purpose.
 *
 * @param sizeBytes of its files
 */
public record PinnedPackage(
        PackageId id, Version version, Did publisher, Cid cid, long sizeBytes, Instant since) {}

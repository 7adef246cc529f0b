package io.ggen.marketplace.core.store;

import io.ggen.base.Bytes;
import io.ggen.base.Sha256;
import io.ggen.marketplace.model.Did;
import io.ggen.marketplace.model.PackageId;
import io.ggen.marketplace.model.Version;

/**
 * A signed release that was verified when its content was admitted.
 *
 * @param sha256 of the canonical tar
 * @param envelope as encoded
 */
public record StoredRelease(
        Did publisher, PackageId id, Version version, Sha256 sha256, Bytes envelope) {}

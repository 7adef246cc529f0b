package io.ggen.marketplace.core.trust;

import io.ggen.marketplace.model.Did;
import io.ggen.marketplace.model.PackageId;

import java.time.Instant;

/**
 * The key that an id had when it was first used here; another key for it is refused.
 *
 * @param since in whole seconds
 */
public record Pin(PackageId id, Did publisher, Instant since) {}

package io.ggen.marketplace.core;

import io.ggen.marketplace.model.Did;
import io.ggen.marketplace.model.Version;

import java.util.Optional;

/** A version that a registry has: cheap to list, without its record. */
public record VersionListing(Version version, Optional<Did> publisher, boolean yanked) {}

package io.ggen.marketplace.model;

import java.util.Optional;

/**
 * What a package asks of another.
 *
 * @param publisher whose package is meant; always present in a signed record
 * @param optional whether an installation may do without it
 */
public record Dependency(
        PackageId id, VersionRange range, Optional<Did> publisher, boolean optional) {}

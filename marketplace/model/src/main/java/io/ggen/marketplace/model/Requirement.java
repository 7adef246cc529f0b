package io.ggen.marketplace.model;

/**
 * A dependency as a manifest asks for it.
 *
 * @param publisher whose package is meant, as far as the manifest says
 * @param optional whether an installation may do without it
 */
public record Requirement(
        PackageId id, VersionRange range, PublisherRef publisher, boolean optional) {}

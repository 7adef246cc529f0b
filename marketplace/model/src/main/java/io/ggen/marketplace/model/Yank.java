package io.ggen.marketplace.model;

import java.time.Instant;

/**
 * A publisher's word that a version should not be newly chosen; valid only from the release's own
 * publisher.
 */
public record Yank(
        Origin origin, PackageId id, Version version, Instant publishedAt, String reason) {}

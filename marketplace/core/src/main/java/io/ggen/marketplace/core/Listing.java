package io.ggen.marketplace.core;

import io.ggen.marketplace.model.Envelope;
import io.ggen.marketplace.model.Release;
import io.ggen.marketplace.model.Yank;

import java.util.Optional;

/**
 * A release as a registry lists it.
 *
 * @param envelope the signed record, verified on the way in; absent for an unsigned entry of an old
 *     registry
 * @param yank the publisher's word against it
 * @param source where it was found: {@code file}, {@code p2p} or {@code http}
 */
public record Listing(
        Release release, Optional<Envelope> envelope, Optional<Yank> yank, String source) {}

/**
 * The contract of every {@link io.ggen.marketplace.core.Registry}, a fake that keeps it, and
 * packages to publish.
 */
@NullMarked
package io.ggen.marketplace.core;

import org.jspecify.annotations.NullMarked;

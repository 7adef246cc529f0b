/**
 * The ports of the marketplace: {@link io.ggen.marketplace.core.Registry} for whoever keeps
 * packages, found at run time through {@link io.ggen.marketplace.core.RegistryProvider}. The
 * operations built on them live in the packages below.
 */
@NullMarked
package io.ggen.marketplace.core;

import org.jspecify.annotations.NullMarked;

/**
 * The lockfile {@code ggen.lock}: its one form, read strictly and written byte for byte the same.
 */
@NullMarked
package io.ggen.marketplace.core.install.lock;

import org.jspecify.annotations.NullMarked;

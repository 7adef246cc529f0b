/** Tests of the lock package. */
@NullMarked
package io.ggen.marketplace.core.install.lock;

import org.jspecify.annotations.NullMarked;

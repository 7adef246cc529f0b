/** Tests of the store. */
@NullMarked
package io.ggen.marketplace.core.store;

import org.jspecify.annotations.NullMarked;

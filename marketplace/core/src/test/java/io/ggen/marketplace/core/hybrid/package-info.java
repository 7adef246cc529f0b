/** Tests of the hybrid registry. */
@NullMarked
package io.ggen.marketplace.core.hybrid;

import org.jspecify.annotations.NullMarked;

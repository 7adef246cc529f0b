/** Tests of installing. */
@NullMarked
package io.ggen.marketplace.core.install;

import org.jspecify.annotations.NullMarked;

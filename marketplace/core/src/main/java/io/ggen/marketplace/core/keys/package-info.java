/**
 * Publisher keys on disk, what they have signed, and the chain that their records form. {@link
 * io.ggen.marketplace.core.keys.KeyStore} is where to begin.
 */
@NullMarked
package io.ggen.marketplace.core.keys;

import org.jspecify.annotations.NullMarked;

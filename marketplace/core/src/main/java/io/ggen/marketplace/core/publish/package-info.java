/**
 * From a folder to a signed release in a registry: which files belong, what must not leave the
 * house, the content's identity, the record, and sending it. Everything wrong with a package is
 * found before anything is signed.
 */
@NullMarked
package io.ggen.marketplace.core.publish;

import org.jspecify.annotations.NullMarked;

/**
 * A directory as a registry. The truth is one folder for each version, written durably and in one
 * step; {@code index.json} is derived from them for the old program and spliced on every change.
 */
@NullMarked
package io.ggen.marketplace.file;

import org.jspecify.annotations.NullMarked;

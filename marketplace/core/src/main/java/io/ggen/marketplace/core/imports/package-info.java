/**
 * Packages of other marketplaces: foreign indexes and directories, read leniently, published under
 * the importer's own key. {@link io.ggen.marketplace.core.imports.Importer} is where to begin.
 */
@NullMarked
package io.ggen.marketplace.core.imports;

import org.jspecify.annotations.NullMarked;

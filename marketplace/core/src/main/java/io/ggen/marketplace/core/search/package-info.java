/**
 * The search engine of all registries: a Lucene index that is derived from a registry's documents
 * and heals itself. {@link io.ggen.marketplace.core.search.SearchIndex} is the door.
 */
@NullMarked
package io.ggen.marketplace.core.search;

import org.jspecify.annotations.NullMarked;

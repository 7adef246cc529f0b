/** The one search engine over the records of the catalogue. */
@NullMarked
package io.ggen.marketplace.p2p.fulltext;

import org.jspecify.annotations.NullMarked;

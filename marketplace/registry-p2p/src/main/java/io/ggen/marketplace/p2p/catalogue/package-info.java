/**
 * The replicated catalogue: every verified release and yank that this node knows, under bounds that
 * no stranger can push aside. {@link io.ggen.marketplace.p2p.catalogue.Catalogue} is the door.
 * Records come in through {@link io.ggen.marketplace.model.ReleaseVerifier} alone.
 */
@NullMarked
package io.ggen.marketplace.p2p.catalogue;

import org.jspecify.annotations.NullMarked;

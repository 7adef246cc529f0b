@NullMarked
package io.ggen.marketplace.p2p.catalogue;

import org.jspecify.annotations.NullMarked;

@NullMarked
package io.ggen.marketplace.p2p.reconcile;

import org.jspecify.annotations.NullMarked;

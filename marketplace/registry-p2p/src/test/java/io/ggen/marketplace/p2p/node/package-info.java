/** Tests of a node, alone and among others. */
@NullMarked
package io.ggen.marketplace.p2p.node;

import org.jspecify.annotations.NullMarked;

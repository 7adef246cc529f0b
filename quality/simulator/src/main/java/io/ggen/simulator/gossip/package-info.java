/** Nodes that gossip: the production router in each of them, behind a shell in virtual time. */
@NullMarked
package io.ggen.simulator.gossip;

import org.jspecify.annotations.NullMarked;

/**
 * Nodes that fetch one content from each other: production's session and list of wants in each of
 * them, behind a shell in virtual time.
 */
@NullMarked
package io.ggen.simulator.swarm;

import org.jspecify.annotations.NullMarked;

/** The same machines as in the simulation, over the sockets of this machine. */
@NullMarked
package io.ggen.simulator.sockets;

import org.jspecify.annotations.NullMarked;

/** Nodes of a DHT: the production machine in each of them, behind a shell in virtual time. */
@NullMarked
package io.ggen.simulator.dht;

import org.jspecify.annotations.NullMarked;

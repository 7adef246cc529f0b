/** The suite of the port to the network, and a network in memory that keeps it. */
@NullMarked
package io.ggen.marketplace.core.network;

import org.jspecify.annotations.NullMarked;

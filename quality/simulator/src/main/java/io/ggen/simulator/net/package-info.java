/**
 * Virtual time and the network in it: events in order, cities and how far they are apart, upload
 * bandwidth, lost packets, partitions, nodes that come and go.
 */
@NullMarked
package io.ggen.simulator.net;

import org.jspecify.annotations.NullMarked;

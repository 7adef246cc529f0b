/** The pipe that every layer of a connection is, and how messages are framed in it. */
@NullMarked
package io.ggen.libp2p.io;

import org.jspecify.annotations.NullMarked;

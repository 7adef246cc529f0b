/**
 * Kademlia as libp2p has it: who is near a key, and what is stored there.
 *
 * <p>Whatever decides is a pure machine that is told of time and answers and returns what is to be
 * done; none of it owns a clock, a thread or a socket.
 *
 * @see <a href="https://github.com/libp2p/specs/blob/master/kad-dht/README.md">kad-dht</a>
 */
@NullMarked
package io.ggen.libp2p.kad;

import org.jspecify.annotations.NullMarked;

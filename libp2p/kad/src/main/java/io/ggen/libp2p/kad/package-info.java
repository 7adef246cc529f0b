/**
 * Kademlia as libp2p has it: who is near a key, and what is stored there.
 *
 * <p>Whatever decides is a pure machine that is told of time and answers and returns what is to be
 * done; none of it owns a clock, a thread or a socket. {@link io.ggen.libp2p.kad.KadNode} is the
 * machine of a whole node. Who drives it
 *
 * <ol>
 *   <li>makes it of a peer's id, options, stores and a seeded random generator, and calls {@code
 *       tick} once;
 *   <li>tells it of bootstrap peers, and with {@code offer} of every connected peer that serves the
 *       protocol, with the address at the other end of the connection, and with {@code inbound} of
 *       every connection that came in;
 *   <li>hands {@code onRequest} what others ask, while {@code isServer}, and sends back what it
 *       returns;
 *   <li>begins tasks with {@code start} and hears of them in {@code Found} effects, the last of
 *       which is {@code Done};
 *   <li>after each of these calls performs what {@code effects} returns: a {@code Send} is answered
 *       by {@code onAnswer} or {@code onFailure} under its number, or not at all, which counts as a
 *       failure after the deadline of {@code QueryOptions};
 *   <li>tells it with {@code onReached} that somebody takes a connection that is made to a peer;
 *   <li>calls {@code tick} at {@code wakeUp}, which may have changed after every call.
 * </ol>
 *
 * @see <a href="https://github.com/libp2p/specs/blob/master/kad-dht/README.md">kad-dht</a>
 */
@NullMarked
package io.ggen.libp2p.kad;

import org.jspecify.annotations.NullMarked;

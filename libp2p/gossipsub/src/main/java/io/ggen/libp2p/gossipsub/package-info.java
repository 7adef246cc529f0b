/**
 * Gossipsub 1.1 and 1.2 on a host: messages of a topic reach everybody who subscribed, sent on by
 * the peers themselves.
 *
 * <p>{@link io.ggen.libp2p.gossipsub.Gossip} is the shell that owns streams and threads; what to do
 * is decided in {@link io.ggen.libp2p.gossipsub.router.Router}.
 *
 * @see <a href="https://github.com/libp2p/specs/tree/master/pubsub">pubsub specifications</a>
 */
@NullMarked
package io.ggen.libp2p.gossipsub;

import org.jspecify.annotations.NullMarked;

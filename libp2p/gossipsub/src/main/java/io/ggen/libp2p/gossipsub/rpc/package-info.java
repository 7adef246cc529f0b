/**
 * What pubsub peers say to each other: the RPC with its subscriptions, messages and control
 * entries, read under limits that hold before anything is decoded, and the signatures of messages.
 *
 * @see <a href="https://github.com/libp2p/specs/blob/master/pubsub/README.md">pubsub</a>
 * @see <a href="https://github.com/libp2p/specs/blob/master/pubsub/gossipsub/gossipsub-v1.2.md">
 *     gossipsub 1.2</a>
 */
@NullMarked
package io.ggen.libp2p.gossipsub.rpc;

import org.jspecify.annotations.NullMarked;

/**
 * What a peer has earned by its behaviour: the score function P1 to P7 with decay, as a pure class.
 *
 * @see <a
 *     href="https://github.com/libp2p/specs/blob/master/pubsub/gossipsub/gossipsub-v1.1.md#peer-scoring">
 *     gossipsub 1.1, peer scoring</a>
 */
@NullMarked
package io.ggen.libp2p.gossipsub.score;

import org.jspecify.annotations.NullMarked;

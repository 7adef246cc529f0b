/**
 * The gossipsub router as a pure machine: it is told what happens and when, and answers with the
 * effects that its shell performs. No clock, thread or socket is inside.
 *
 * @see <a href="https://github.com/libp2p/specs/blob/master/pubsub/gossipsub/gossipsub-v1.1.md">
 *     gossipsub 1.1</a>
 */
@NullMarked
package io.ggen.libp2p.gossipsub.router;

import org.jspecify.annotations.NullMarked;

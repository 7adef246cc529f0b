/**
 * Ways to reach a multiaddr.
 *
 * @see <a href="https://github.com/libp2p/specs/blob/master/addressing/README.md">addressing</a>
 */
@NullMarked
package io.ggen.libp2p.transport;

import org.jspecify.annotations.NullMarked;

/**
 * Many streams over one secure channel.
 *
 * @see <a href="https://github.com/libp2p/specs/blob/master/yamux/README.md">Yamux</a>
 */
@NullMarked
package io.ggen.libp2p.muxer;

import org.jspecify.annotations.NullMarked;

/**
 * Agreeing on a protocol: multistream-select 1.0.
 *
 * @see <a href="https://github.com/multiformats/multistream-select">multistream-select</a>
 * @see <a
 *     href="https://github.com/libp2p/specs/blob/master/connections/README.md#multistream-select">connections</a>
 */
@NullMarked
package io.ggen.libp2p.multistream;

import org.jspecify.annotations.NullMarked;

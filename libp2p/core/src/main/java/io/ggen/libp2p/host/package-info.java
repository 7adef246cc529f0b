/**
 * A host: one peer's identity, its addresses, its connections and the protocols it speaks. Begin
 * with {@link io.ggen.libp2p.host.Host#start}.
 *
 * @see <a href="https://github.com/libp2p/specs/blob/master/connections/README.md">connection
 *     establishment</a>
 */
@NullMarked
package io.ggen.libp2p.host;

import org.jspecify.annotations.NullMarked;

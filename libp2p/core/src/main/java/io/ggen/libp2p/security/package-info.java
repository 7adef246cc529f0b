/**
 * Secure channels: who is at the other end, and nobody in between.
 *
 * @see <a href="https://github.com/libp2p/specs/tree/master/noise">Noise</a>
 * @see <a href="https://github.com/libp2p/specs/blob/master/tls/tls.md">TLS</a>
 */
@NullMarked
package io.ggen.libp2p.security;

import org.jspecify.annotations.NullMarked;

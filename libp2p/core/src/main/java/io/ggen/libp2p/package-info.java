/**
 * libp2p for Java: peers that find each other by public key and talk over multiplexed, encrypted
 * connections, wire-compatible with the Go, Rust and JavaScript implementations.
 *
 * <p>A {@link io.ggen.libp2p.io.Duplex} is what everything is built on: a transport gives one, a
 * secure channel wraps it, a muxer splits it into streams, and each stream is one again.
 *
 * @see <a href="https://github.com/libp2p/specs">libp2p specifications</a>
 */
@NullMarked
package io.ggen.libp2p;

import org.jspecify.annotations.NullMarked;

/**
 * Bitswap 1.2: asks several peers for blocks, verifies each, and serves what is held.
 *
 * @see <a href="https://specs.ipfs.tech/bitswap-protocol/">Bitswap protocol</a>
 */
@NullMarked
package io.ggen.libp2p.bitswap;

import org.jspecify.annotations.NullMarked;

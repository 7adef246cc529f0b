/**
 * Messages of Bitswap 1.2 and their wire form, read under limits.
 *
 * @see <a href="https://specs.ipfs.tech/bitswap-protocol/">Bitswap protocol</a>
 */
@NullMarked
package io.ggen.libp2p.bitswap.wire;

import org.jspecify.annotations.NullMarked;

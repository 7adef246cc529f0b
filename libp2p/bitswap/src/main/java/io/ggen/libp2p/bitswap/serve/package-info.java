/**
 * Answers the wants of other peers: which wait, in what order, within which bounds.
 *
 * @see <a href="https://specs.ipfs.tech/bitswap-protocol/">Bitswap protocol</a>
 */
@NullMarked
package io.ggen.libp2p.bitswap.serve;

import org.jspecify.annotations.NullMarked;

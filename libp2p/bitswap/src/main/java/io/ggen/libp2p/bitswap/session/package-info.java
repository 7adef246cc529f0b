/**
 * Who is asked for which block, and when another is asked instead: a pure machine.
 *
 * @see <a href="https://specs.ipfs.tech/bitswap-protocol/">Bitswap protocol</a>
 */
@NullMarked
package io.ggen.libp2p.bitswap.session;

import org.jspecify.annotations.NullMarked;

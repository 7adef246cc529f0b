/**
 * Self-describing values of IPFS and libp2p: multibase, multihash and CID.
 *
 * @see <a href="https://github.com/multiformats/multibase">multibase</a>
 * @see <a href="https://github.com/multiformats/multihash">multihash</a>
 * @see <a href="https://github.com/multiformats/cid">cid</a>
 */
@NullMarked
package io.ggen.multiformats;

import org.jspecify.annotations.NullMarked;

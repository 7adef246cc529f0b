/**
 * Keys, peer ids and what is signed with them.
 *
 * @see <a href="https://github.com/libp2p/specs/blob/master/peer-ids/peer-ids.md">peer ids</a>
 * @see <a href="https://github.com/libp2p/specs/blob/master/RFC/0002-signed-envelopes.md">signed
 *     envelopes</a>
 * @see <a href="https://github.com/libp2p/specs/blob/master/RFC/0003-routing-records.md">routing
 *     records</a>
 */
@NullMarked
package io.ggen.libp2p.key;

import org.jspecify.annotations.NullMarked;

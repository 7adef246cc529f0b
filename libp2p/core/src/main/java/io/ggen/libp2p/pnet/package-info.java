/**
 * Private networks: peers that share a key of 32 bytes and cannot talk to anyone who lacks it.
 *
 * @see <a
 *     href="https://github.com/libp2p/specs/blob/master/pnet/Private-Networks-PSK-V1.md">private
 *     networks</a>
 */
@NullMarked
package io.ggen.libp2p.pnet;

import org.jspecify.annotations.NullMarked;

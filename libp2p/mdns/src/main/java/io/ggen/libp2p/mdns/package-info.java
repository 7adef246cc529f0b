/**
 * Finds peers on the local network, by multicast DNS as libp2p has it.
 *
 * @see <a href="https://github.com/libp2p/specs/blob/master/discovery/mdns.md">mdns</a>
 */
@NullMarked
package io.ggen.libp2p.mdns;

import org.jspecify.annotations.NullMarked;

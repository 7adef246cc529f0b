/**
 * Names in addresses: {@code /dns}, {@code /dns4}, {@code /dns6} by the system's resolver, {@code
 * /dnsaddr} by TXT records.
 *
 * @see <a
 *     href="https://github.com/multiformats/multiaddr/blob/master/protocols/DNSADDR.md">dnsaddr</a>
 */
@NullMarked
package io.ggen.libp2p.dns;

import org.jspecify.annotations.NullMarked;

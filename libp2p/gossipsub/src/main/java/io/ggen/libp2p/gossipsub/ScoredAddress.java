package io.ggen.libp2p.gossipsub;

import io.ggen.libp2p.host.Connection;
import io.ggen.multiformats.AddressProtocol;
import io.ggen.multiformats.Multiaddr;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/** The address that a peer's score counts with (P6): IPv4 whole, IPv6 by its /64. */
final class ScoredAddress {
    private static final int NETWORK_LENGTH = 8;

    private ScoredAddress() {}

    /** Returns the address of the other end; empty when it is loopback, private or no IP at all. */
    static String of(Connection connection) {
        Multiaddr remote = connection.facts().remoteAddress();
        return remote.value(AddressProtocol.IP4)
                .or(() -> remote.value(AddressProtocol.IP6))
                .map(text -> scored(InetAddress.ofLiteral(text)))
                .orElse("");
    }

    static String scored(InetAddress ip) {
        byte[] bytes = ip.getAddress();
        boolean uniqueLocal = bytes.length > 4 && (bytes[0] & 0xfe) == 0xfc;
        if (ip.isLoopbackAddress()
                || ip.isSiteLocalAddress()
                || ip.isLinkLocalAddress()
                || uniqueLocal) {
            return "";
        }
        return HexFormat.of()
                .formatHex(Arrays.copyOf(bytes, Math.min(bytes.length, NETWORK_LENGTH)));
    }
}

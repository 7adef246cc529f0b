package io.ggen.libp2p.host;

import io.ggen.multiformats.AddressProtocol;
import io.ggen.multiformats.Multiaddr;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Where a connection comes from, for counting those that one machine or one network has. Immutable.
 *
 * @param address an IPv4 address or the /64 of an IPv6 one, in hex; empty where there is no IP
 * @param network the /16 or /32 around it, in hex; empty where there is no IP
 * @param isLocal whether it is a loopback, link-local or private address, or none at all
 */
public record Origin(String address, String network, boolean isLocal) {
    private static final Origin UNKNOWN = new Origin("", "", true);

    /** Returns the origin of who is at {@code remote}. */
    public static Origin of(Multiaddr remote) {
        return remote.value(AddressProtocol.IP4)
                .or(() -> remote.value(AddressProtocol.IP6))
                .map(text -> of(InetAddress.ofLiteral(text)))
                .orElse(UNKNOWN);
    }

    private static Origin of(InetAddress ip) {
        byte[] bytes = ip.getAddress();
        boolean wide = bytes.length > 4;
        boolean uniqueLocal = wide && (bytes[0] & 0xfe) == 0xfc;
        return new Origin(
                hex(bytes, wide ? 8 : 4),
                hex(bytes, wide ? 4 : 2),
                uniqueLocal
                        || ip.isLoopbackAddress()
                        || ip.isSiteLocalAddress()
                        || ip.isLinkLocalAddress());
    }

    private static String hex(byte[] bytes, int length) {
        return HexFormat.of().formatHex(Arrays.copyOf(bytes, length));
    }
}

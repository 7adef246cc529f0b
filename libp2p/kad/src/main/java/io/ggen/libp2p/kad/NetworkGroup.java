package io.ggen.libp2p.kad;

import io.ggen.base.Bytes;
import io.ggen.multiformats.AddressProtocol;
import io.ggen.multiformats.Multiaddr;

import java.util.Optional;

/**
 * A part of the internet that one owner is likely to hold: an IPv4 /16 or an IPv6 /32. Loopback,
 * private and link-local addresses belong to none, nor do names, nor a relay's address.
 *
 * @param prefix 2 bytes for IPv4, 4 for IPv6
 */
public record NetworkGroup(Bytes prefix) {
    private static final Bytes MAPPED = Bytes.fromHex("00000000000000000000ffff");
    private static final int IPV4_PREFIX = 2;
    private static final int IPV6_PREFIX = 4;

    /** Returns the group of {@code address}, where it has one. */
    public static Optional<NetworkGroup> of(Multiaddr address) {
        if (address.has(AddressProtocol.P2P_CIRCUIT)) {
            return Optional.empty();
        }
        Multiaddr.Component host = address.components().getFirst();
        return switch (host.protocol()) {
            case IP4 -> ipv4(host.value());
            case IP6 -> ipv6(host.value());
            default -> Optional.empty();
        };
    }

    /**
     * Returns whether {@code address} leads no farther than this machine or a private network; that
     * is not known of names and relays.
     */
    static boolean isLocal(Multiaddr address) {
        AddressProtocol first = address.components().getFirst().protocol();
        boolean known =
                first == AddressProtocol.IP4
                        || first == AddressProtocol.IP6
                        || first == AddressProtocol.MEMORY;
        return known && !address.has(AddressProtocol.P2P_CIRCUIT) && of(address).isEmpty();
    }

    private static Optional<NetworkGroup> ipv4(Bytes ip) {
        return isPrivate(ip.get(0) & 0xff, ip.get(1) & 0xff)
                ? Optional.empty()
                : Optional.of(new NetworkGroup(ip.slice(0, IPV4_PREFIX)));
    }

    private static boolean isPrivate(int first, int second) {
        return switch (first) {
            case 0, 10, 127 -> true;
            case 100 -> second >= 64 && second < 128;
            case 169 -> second == 254;
            case 172 -> second >= 16 && second < 32;
            case 192 -> second == 168;
            default -> false;
        };
    }

    private static Optional<NetworkGroup> ipv6(Bytes ip) {
        if (ip.startsWith(MAPPED)) {
            return ipv4(ip.slice(MAPPED.length(), ip.length()));
        }
        int first = ip.get(0) & 0xff;
        boolean unique = (first & 0xfe) == 0xfc;
        boolean linkLocal = first == 0xfe && (ip.get(1) & 0xc0) == 0x80;
        return unique || linkLocal || isLoopback(ip)
                ? Optional.empty()
                : Optional.of(new NetworkGroup(ip.slice(0, IPV6_PREFIX)));
    }

    private static boolean isLoopback(Bytes ip) {
        for (int i = 0; i < ip.length() - 1; i++) {
            if (ip.get(i) != 0) {
                return false;
            }
        }
        return ip.get(ip.length() - 1) <= 1;
    }
}

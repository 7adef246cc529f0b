package io.ggen.libp2p.transport;

import io.ggen.libp2p.Libp2pException;
import io.ggen.libp2p.Libp2pException.Code;
import io.ggen.libp2p.dns.NameResolver;
import io.ggen.multiformats.AddressProtocol;
import io.ggen.multiformats.Multiaddr;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;

/** Multiaddrs of TCP as socket addresses and back. */
final class SocketAddresses {
    private SocketAddresses() {}

    static boolean isHost(AddressProtocol protocol) {
        return switch (protocol) {
            case IP4, IP6, DNS, DNS4, DNS6 -> true;
            default -> false;
        };
    }

    /**
     * Returns the socket address; looks names up in {@code names}. Throws DIAL_FAILED when a name
     * has no address of its family.
     */
    static InetSocketAddress resolve(Multiaddr address, NameResolver names, Duration limit) {
        Multiaddr.Component host = address.components().getFirst();
        int port = Integer.parseInt(address.value(AddressProtocol.TCP).orElseThrow());
        return candidates(host, names, limit).stream()
                .filter(candidate -> fits(host.protocol(), candidate))
                .findFirst()
                .map(ip -> new InetSocketAddress(ip, port))
                .orElseThrow(() ->
                        new Libp2pException(
                                Code.DIAL_FAILED,
                                "cannot resolve "
                                        + address
                                        + ": "
                                        + host.text()
                                        + " has no address of that family"));
    }

    private static List<InetAddress> candidates(
            Multiaddr.Component host, NameResolver names, Duration limit) {
        try {
            return isName(host.protocol())
                    ? names.addresses(host.text(), limit)
                    : List.of(InetAddress.getByAddress(host.value().toArray()));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of 4 or 16 bytes is one", e);
        }
    }

    private static boolean isName(AddressProtocol protocol) {
        return protocol != AddressProtocol.IP4 && protocol != AddressProtocol.IP6;
    }

    private static boolean fits(AddressProtocol protocol, InetAddress candidate) {
        return switch (protocol) {
            case DNS4 -> candidate instanceof Inet4Address;
            case DNS6 -> candidate instanceof Inet6Address;
            default -> true;
        };
    }

    static Multiaddr multiaddr(InetSocketAddress address) {
        return multiaddr(address.getAddress(), address.getPort());
    }

    private static Multiaddr multiaddr(InetAddress ip, int port) {
        String text = ip.getHostAddress();
        int zone = text.indexOf('%');
        return Multiaddr.parse(
                (ip instanceof Inet4Address ? "/ip4/" : "/ip6/")
                        + (zone < 0 ? text : text.substring(0, zone))
                        + "/tcp/"
                        + port);
    }

    /**
     * Returns where others can reach a listener: the address itself, or one for each interface when
     * it is unspecified.
     */
    static List<Multiaddr> reachable(InetSocketAddress local) {
        if (!local.getAddress().isAnyLocalAddress()) {
            return List.of(multiaddr(local));
        }
        Class<?> family = local.getAddress().getClass();
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(ip -> ip.getClass() == family && !ip.isLinkLocalAddress())
                    .map(ip -> multiaddr(ip, local.getPort()))
                    .sorted((a, b) -> a.toString().compareTo(b.toString()))
                    .toList();
        } catch (SocketException e) {
            throw new Libp2pException(Code.IO, "cannot list the network interfaces", e);
        }
    }
}

package io.ggen.libp2p.mdns;

import io.ggen.multiformats.AddressProtocol;
import io.ggen.multiformats.Multiaddr;
import io.ggen.multiformats.Multiaddr.Component;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.function.Predicate;

/** Chooses the addresses that are of use on a local network. Pure. */
final class LanAddresses {
    /** The most that one peer announces, and that are taken of it. */
    static final int MAX = 10;

    private LanAddresses() {}

    /** Returns what a host that listens at {@code all} announces: loopback only if it must. */
    static List<Multiaddr> announced(List<Multiaddr> all) {
        List<Multiaddr> direct = chosen(all, LanAddresses::isDirect);
        return direct.isEmpty() ? chosen(all, LanAddresses::isHere) : direct;
    }

    /** Returns what is believed of {@code all}: loopback where the peer is on this machine. */
    static List<Multiaddr> believed(List<Multiaddr> all, boolean isOwn) {
        return chosen(all, address -> isDirect(address) || isOwn && isHere(address));
    }

    private static List<Multiaddr> chosen(List<Multiaddr> all, Predicate<Multiaddr> wanted) {
        return all.stream().filter(wanted).distinct().limit(MAX).toList();
    }

    private static boolean isDirect(Multiaddr address) {
        return isPlain(address) && isUsual(ip(address));
    }

    private static boolean isHere(Multiaddr address) {
        return isPlain(address) && ip(address).isLoopbackAddress();
    }

    /** An IP address with a port, and no way around by others. */
    private static boolean isPlain(Multiaddr address) {
        List<Component> components = address.components();
        return isIp(components.getFirst().protocol())
                && components.size() > 1
                && (components.get(1).protocol() == AddressProtocol.TCP
                        || components.get(1).protocol() == AddressProtocol.UDP)
                && !address.has(AddressProtocol.P2P_CIRCUIT)
                && !address.has(AddressProtocol.P2P);
    }

    private static boolean isIp(AddressProtocol protocol) {
        return protocol == AddressProtocol.IP4 || protocol == AddressProtocol.IP6;
    }

    /** A link-local address of IPv6 says nothing without the name of a link. */
    private static boolean isUsual(InetAddress ip) {
        return !ip.isLoopbackAddress()
                && !ip.isAnyLocalAddress()
                && !ip.isMulticastAddress()
                && !(ip.getAddress().length == 16 && ip.isLinkLocalAddress());
    }

    static InetAddress ip(Multiaddr address) {
        try {
            return InetAddress.getByAddress(address.components().getFirst().value().toArray());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of 4 or 16 bytes is one", e);
        }
    }
}

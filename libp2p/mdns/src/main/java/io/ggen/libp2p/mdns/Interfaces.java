package io.ggen.libp2p.mdns;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The ways onto local networks that this machine has at one moment: its interfaces that are up and
 * can multicast, at most 32, loopback only where there is no other.
 *
 * @param own every address of this machine
 */
record Interfaces(Map<Link, Place> places, Set<InetAddress> own) {
    private static final int MAX = 32;

    /** Copies both. */
    Interfaces {
        places = Map.copyOf(places);
        own = Set.copyOf(own);
    }

    /** An interface with its addresses of one version of IP. */
    record Place(NetworkInterface network, List<Subnet> subnets) {
        /** Copies the list. */
        Place {
            subnets = List.copyOf(subnets);
        }

        /** Returns whether {@code source} is on this network and not beyond a router. */
        boolean reaches(InetAddress source) {
            return subnets.stream().anyMatch(subnet -> subnet.contains(source))
                    || source instanceof Inet6Address && source.isLinkLocalAddress();
        }
    }

    /** Addresses that begin with the same bits. */
    record Subnet(InetAddress address, int prefix) {
        boolean contains(InetAddress other) {
            byte[] one = address.getAddress();
            byte[] two = other.getAddress();
            if (one.length != two.length) {
                return false;
            }
            int bits = 0;
            while (bits < prefix && bit(one, bits) == bit(two, bits)) {
                bits++;
            }
            return bits == prefix;
        }

        private static int bit(byte[] address, int at) {
            return address[at / 8] >> (7 - at % 8) & 1;
        }
    }

    /** Looks at the machine; an interface that vanishes meanwhile is left out. */
    static Interfaces look() throws SocketException {
        List<NetworkInterface> all = NetworkInterface.networkInterfaces().toList();
        Set<InetAddress> own = new HashSet<>();
        all.forEach(network -> network.inetAddresses().forEach(own::add));
        Map<Link, Place> places = places(all, false);
        return new Interfaces(places.isEmpty() ? places(all, true) : places, own);
    }

    private static Map<Link, Place> places(List<NetworkInterface> all, boolean loopback) {
        Map<Link, Place> places = new LinkedHashMap<>();
        for (NetworkInterface network : all) {
            if (isOfUse(network, loopback)) {
                add(places, network, false);
                add(places, network, true);
            }
        }
        return places;
    }

    private static boolean isOfUse(NetworkInterface network, boolean loopback) {
        try {
            return network.isUp()
                    && network.isLoopback() == loopback
                    && (loopback || network.supportsMulticast());
        } catch (SocketException e) {
            return false;
        }
    }

    private static void add(Map<Link, Place> places, NetworkInterface network, boolean isSix) {
        List<Subnet> subnets = new ArrayList<>();
        for (InterfaceAddress address : network.getInterfaceAddresses()) {
            if (address.getAddress() instanceof Inet6Address == isSix) {
                subnets.add(new Subnet(address.getAddress(), address.getNetworkPrefixLength()));
            }
        }
        if (!subnets.isEmpty() && places.size() < MAX) {
            var link = new Link(network.getIndex(), network.getName(), isSix);
            places.put(link, new Place(network, subnets));
        }
    }
}

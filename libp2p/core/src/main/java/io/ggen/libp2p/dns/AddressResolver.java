package io.ggen.libp2p.dns;

import io.ggen.libp2p.Libp2pException;
import io.ggen.multiformats.AddressProtocol;
import io.ggen.multiformats.Multiaddr;
import io.ggen.multiformats.Multiaddr.Component;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Turns addresses that begin with a name into those it stands for. A {@code /dnsaddr} may lead to
 * further ones; what does not end as the address that was asked for (its {@code /p2p/ID}) is left
 * out. Thread-safe.
 *
 * @see <a
 *     href="https://github.com/multiformats/multiaddr/blob/master/protocols/DNSADDR.md">dnsaddr</a>
 */
public final class AddressResolver {
    /** How many {@code /dnsaddr} may lead to each other. */
    public static final int MAX_DEPTH = 4;

    /** The most addresses that one name stands for, and the most that are looked at. */
    public static final int MAX_ADDRESSES = 100;

    private static final String ENTRY = "dnsaddr=";

    private final NameResolver names;

    /** Looks names up in {@code names}. */
    public AddressResolver(NameResolver names) {
        this.names = names;
    }

    /** Returns whether {@code address} begins with a name. */
    public static boolean isNamed(Multiaddr address) {
        return switch (address.components().getFirst().protocol()) {
            case DNS, DNS4, DNS6, DNSADDR -> true;
            default -> false;
        };
    }

    /**
     * Returns the addresses that {@code address} stands for, itself when it begins with no name.
     *
     * @throws Libp2pException DIAL_FAILED or TIMEOUT when a look-up failed and none was found
     */
    public List<Multiaddr> resolve(Multiaddr address, Duration limit) {
        var search = new Search(System.nanoTime() + limit.toNanos());
        search.open.add(new Pending(address, 0));
        search.run();
        if (search.found.isEmpty() && search.failure.isPresent()) {
            throw search.failure.get();
        }
        return List.copyOf(search.found);
    }

    private record Pending(Multiaddr address, int depth) {}

    private final class Search {
        private final long end;
        private final Deque<Pending> open = new ArrayDeque<>();
        private final Set<Multiaddr> found = new LinkedHashSet<>();
        private Optional<Libp2pException> failure = Optional.empty();

        Search(long end) {
            this.end = end;
        }

        void run() {
            while (!open.isEmpty() && found.size() < MAX_ADDRESSES) {
                Pending next = open.removeFirst();
                try {
                    follow(next);
                } catch (Libp2pException e) {
                    failure = failure.or(() -> Optional.of(e));
                }
            }
        }

        private void follow(Pending pending) {
            Component first = pending.address().components().getFirst();
            List<Component> rest = pending.address().components();
            rest = rest.subList(1, rest.size());
            switch (first.protocol()) {
                case DNSADDR -> followEntries(first.text(), rest, pending.depth());
                case DNS, DNS4, DNS6 -> add(hosts(first, rest));
                default -> add(List.of(pending.address()));
            }
        }

        private void add(Collection<Multiaddr> addresses) {
            addresses.stream().limit(MAX_ADDRESSES - found.size()).forEach(found::add);
        }

        private void followEntries(String name, List<Component> suffix, int depth) {
            if (depth >= MAX_DEPTH) {
                return;
            }
            for (String text : names.texts("_dnsaddr." + name, left())) {
                entry(text)
                        .filter(entry -> endsWith(entry, suffix))
                        .filter(entry -> open.size() < MAX_ADDRESSES)
                        .ifPresent(entry -> open.addLast(new Pending(entry, depth + 1)));
            }
        }

        private List<Multiaddr> hosts(Component name, List<Component> rest) {
            List<Multiaddr> hosts = new ArrayList<>();
            for (InetAddress ip : names.addresses(name.text(), left())) {
                boolean isFour = ip instanceof Inet4Address;
                if (name.protocol() == AddressProtocol.DNS
                        || isFour == (name.protocol() == AddressProtocol.DNS4)) {
                    hosts.add(address(ip, isFour, rest));
                }
            }
            return hosts;
        }

        private Duration left() {
            return Duration.ofNanos(Math.max(1, end - System.nanoTime()));
        }
    }

    private static Multiaddr address(InetAddress ip, boolean isFour, List<Component> rest) {
        List<Component> components = new ArrayList<>();
        components.add(
                new Component(
                        isFour ? AddressProtocol.IP4 : AddressProtocol.IP6,
                        io.ggen.base.Bytes.of(ip.getAddress())));
        components.addAll(rest);
        return new Multiaddr(components);
    }

    /** What is no address, or one of protocols that are not known here, is passed over. */
    private static Optional<Multiaddr> entry(String text) {
        if (!text.startsWith(ENTRY)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Multiaddr.parse(text.substring(ENTRY.length())));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean endsWith(Multiaddr address, List<Component> suffix) {
        List<Component> all = address.components();
        int from = all.size() - suffix.size();
        return from >= 0 && all.subList(from, all.size()).equals(suffix);
    }
}
